using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Output;

/// <summary>An explanation to read: statements, below each its stages in the order in which they run, and the end of the plan.</summary>
internal static class ExplanationText
{
    public static IReadOnlyList<string> LinesOf(RlmExplanation explanation)
    {
        var lines = new List<string>();
        string? statement = null;
        foreach (var stage in explanation.Stages)
        {
            if (stage.Input is null || stage.Statement != statement)
                lines.Add(statement = stage.Statement);
            lines.Add($"  {stage.Stage}");
            lines.Add($"      {FlowOf(stage)}");
            if (stage.Spending is { } spending)
                lines.Add($"      {PlanText.NumbersOf(spending)}");
            lines.AddRange(stage.Remarks.Select(static remark => $"      {remark}"));
        }

        return [.. lines, .. explanation.Dropped, .. PlanText.EndOf(explanation.Plan)];
    }

    /// <summary>What comes in and goes out of a stage.</summary>
    public static string FlowOf(ExplainedStage stage) =>
        $"{(stage.Input is { } input && input != stage.Output ? $"{input} → " : "")}{stage.Output}{Items(stage)}";

    private static string Items(ExplainedStage stage) => stage.Items is not { } items ? ""
        : $", {(stage.IsExact ? "" : "at most ")}{Amount.Of(items, "item")}";
}
