using System.Globalization;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Output;

/// <summary>A plan to read: a line for each paid stage, the sum, and what the limits say.</summary>
internal static class PlanText
{
    private const string ProgramsUnknown = "the programs, and what their stages spend, are not known before the model writes them";

    public static IReadOnlyList<string> LinesOf(SpendingPlan plan) =>
        [.. plan.Stages.Select(stage => $"{stage.Stage}: {NumbersOf(stage, plan.IsRoot)}"), .. EndOf(plan)];

    /// <summary>What is said of all stages together.</summary>
    public static IReadOnlyList<string> EndOf(SpendingPlan plan)
    {
        var lines = new List<string>();
        if (plan.Stages.Count == 0)
            lines.Add("no paid stage: nothing would be spent");
        if (plan.Stages.Count > 1 && plan.Stages.Any(stage => stage.Certainty != SpendingCertainty.NotKnown))
            lines.Add($"in all: {SumOf(plan)}");
        if (plan.IsRoot)
            lines.Add(ProgramsUnknown);
        if (plan.Refusal is { } refusal)
            lines.Add($"would be refused: {refusal}");
        lines.AddRange(plan.Concerns.Select(concern => $"may reach a limit: {concern}"));
        return lines;
    }

    /// <summary>What a stage would spend.</summary>
    public static string NumbersOf(SpendingStage stage, bool isRoot = false)
    {
        if (stage.KnownAfter is { } after)
            return $"not known before {after}";
        if (stage.MaxCalls == 0)
            return stage.AsksNothing ? "no calls: there is nothing to ask about" : "no calls: every reply is there";

        string word = stage.Certainty == SpendingCertainty.Exactly ? "exactly" : "at most";
        string most = isRoot ? $"at most {Amount.Of(stage.MaxCalls, "turn")} in all" : $"at most {Number(stage.MaxCalls)} with re-asks";
        return $"{word} {Amount.Of(stage.Calls, "call")} ({most}), {Tokens(stage.Certainty == SpendingCertainty.Exactly, stage.InputTokens, stage.OutputTokens)}, {Cost(stage.CostUsd, isRoot ? null : stage.MaxCostUsd)}";
    }

    private static string SumOf(SpendingPlan plan)
    {
        string word = plan.IsExact ? "exactly" : "at most";
        string rest = plan.IsComplete ? "" : ", and what is not known yet";
        return $"{word} {Amount.Of(plan.Calls, "call")} (at most {Number(plan.MaxCalls)} with re-asks), {Tokens(plan.IsExact, plan.InputTokens, plan.OutputTokens)}, {Cost(plan.CostUsd, plan.MaxCostUsd)}{rest}";
    }

    private static string Tokens(bool isExact, long input, long output) =>
        $"{(isExact ? "about" : "at most about")} {Number(input)} tokens in, at most {Number(output)} out";

    private static string Cost(decimal? cost, decimal? most) => cost is not { } usd
        ? "price unknown, set --price"
        : Invariant($"at most ${usd:0.####}{(most > usd ? Invariant($" (${most:0.####} with re-asks)") : "")}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
