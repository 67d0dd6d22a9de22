using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Cli.Output;

/// <summary>What <c>rlm explain --json</c> prints.</summary>
/// <param name="Stages">Sources and stages in the order in which they run.</param>
/// <param name="Dropped">What is not computed, and why.</param>
/// <param name="Plan">What <c>--dry-run --json</c> prints of the same program.</param>
internal sealed record ExplanationJson(IReadOnlyList<ExplainedStageJson> Stages, IReadOnlyList<string> Dropped, PlanJson Plan)
{
    /// <summary>Where stages run where shards do; null where nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShardedStageJson>? Shards { get; init; }

    public static string Write(RlmExplanation explanation, IReadOnlyList<RlmShardedStage>? shards, SourceText source, string? model) => JsonSerializer.Serialize(
        new ExplanationJson(
            [.. explanation.Stages.Select(ExplainedStageJson.Of)], explanation.Dropped, PlanJson.Of(explanation.Plan, source, model))
        {
            Shards = shards is null ? null : [.. shards.Select(static stage =>
                new ShardedStageJson(stage.Stage, JsonNamingPolicy.CamelCase.ConvertName(stage.Place.ToString()), stage.IsPaid))],
        },
        CliJsonContext.Readable.ExplanationJson);
}

/// <param name="Stage">The stage as written.</param>
/// <param name="Place">onTheShards, merged or here.</param>
/// <param name="Paid">Whether it asks a model.</param>
internal sealed record ShardedStageJson(string Stage, string Place, bool Paid);

/// <param name="Statement">The statement that it stands in.</param>
/// <param name="Stage">The source or stage as written.</param>
/// <param name="Input">The type of what comes in; null for a source.</param>
/// <param name="Output">The type of what it gives.</param>
/// <param name="Items">How many items it gives; null where that is not a list, or not known.</param>
/// <param name="Exact">Whether there are just so many, and not at most.</param>
/// <param name="Spending">What it would spend; null for nothing.</param>
/// <param name="Remarks">What was moved, made once, or ends early.</param>
internal sealed record ExplainedStageJson(
    string Statement, string Stage, string? Input, string Output, long? Items, bool Exact, PlanStageJson? Spending, IReadOnlyList<string> Remarks)
{
    public static ExplainedStageJson Of(ExplainedStage stage) => new(
        stage.Statement, stage.Stage, stage.Input, stage.Output, stage.Items, stage.IsExact,
        stage.Spending is { } spending ? PlanStageJson.Of(spending) : null, stage.Remarks);
}
