using System.Text.Json;

namespace Rlm.Cli.Output;

/// <summary>What <c>--dry-run --json</c> prints.</summary>
/// <param name="Stages">The paid stages in order.</param>
/// <param name="Total">Their sum; what is not known is not in it.</param>
/// <param name="Complete">Whether every stage has numbers.</param>
/// <param name="IsRoot">Whether the one stage is a root's first turn.</param>
/// <param name="Refusal">Why the limits refuse a stage; null where they do not.</param>
/// <param name="Concerns">Which limits may be reached.</param>
/// <param name="StopsAt">What will stop the program; null for nothing that is known.</param>
/// <param name="Model">The model's name; null where none would be asked.</param>
internal sealed record PlanJson(
    IReadOnlyList<PlanStageJson> Stages, PlanTotalJson Total, bool Complete, bool IsRoot, string? Refusal, IReadOnlyList<string> Concerns,
    DiagnosticJson? StopsAt, string? Model)
{
    public static PlanJson Of(SpendingPlan plan, SourceText? source, string? model) => new(
        [.. plan.Stages.Select(PlanStageJson.Of)],
        new(plan.IsExact, plan.Calls, plan.MaxCalls, plan.InputTokens, plan.OutputTokens, plan.CostUsd, plan.MaxCostUsd),
        plan.IsComplete, plan.IsRoot, plan.Refusal, plan.Concerns, plan.StopsAt is { } stop
            && source is not null ? DiagnosticJson.Of(stop, source) : null, model);

    public static string Write(SpendingPlan plan, SourceText? source, string? model) =>
        JsonSerializer.Serialize(Of(plan, source, model), CliJsonContext.Readable.PlanJson);
}

/// <param name="Stage">The stage as written.</param>
/// <param name="Certainty">exactly, atMost or notKnown.</param>
/// <param name="Calls">Calls; null where they are not known.</param>
/// <param name="MaxCalls">Calls with every re-ask, of a root every turn.</param>
/// <param name="InputTokens">Prompt tokens, estimated.</param>
/// <param name="MaxInputTokens">The same with every re-ask.</param>
/// <param name="OutputTokens">Reply tokens at most.</param>
/// <param name="MaxOutputTokens">The same with every re-ask.</param>
/// <param name="CostUsd">US dollars at most; null where nobody knows the price.</param>
/// <param name="MaxCostUsd">The same with every re-ask.</param>
/// <param name="KnownAfter">What has to happen before there are numbers.</param>
internal sealed record PlanStageJson(
    string Stage, string Certainty, long? Calls, long? MaxCalls, long? InputTokens, long? MaxInputTokens, long? OutputTokens,
    long? MaxOutputTokens, decimal? CostUsd, decimal? MaxCostUsd, string? KnownAfter)
{
    public static PlanStageJson Of(SpendingStage stage)
    {
        string certainty = JsonNamingPolicy.CamelCase.ConvertName(stage.Certainty.ToString());
        return stage.Certainty == SpendingCertainty.NotKnown
            ? new(stage.Stage, certainty, null, null, null, null, null, null, null, null, stage.KnownAfter)
            : new(stage.Stage, certainty, stage.Calls, stage.MaxCalls, stage.InputTokens, stage.MaxInputTokens, stage.OutputTokens,
                stage.MaxOutputTokens, stage.CostUsd, stage.MaxCostUsd, null);
    }
}

internal sealed record PlanTotalJson(
    bool Exact, long Calls, long MaxCalls, long InputTokens, long OutputTokens, decimal? CostUsd, decimal? MaxCostUsd);
