using System.Text.Json;
using Rlm.Cli.Output;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Report;

/// <summary>Writes the page of a plan: the stages of a program from top to bottom, with what they would spend.</summary>
/// <param name="explanation">The plan.</param>
/// <param name="source">The program.</param>
internal sealed class PlanWriter(RlmExplanation explanation, SourceText source)
{
    private SpendingPlan Plan => explanation.Plan;

    public void Write(Stream output) => PageTemplate.Write("plan.html", data => PageData.WriteElement("id=\"data\"", WritePlan, data), output);

    private (string Text, string Tone) Outcome =>
        Plan.Refusal is not null ? ("would be refused", "bad")
        : Plan.StopsAt is not null ? ("stops with an error", "bad")
        : !Plan.IsComplete ? ("not all is known", "warn")
        : Plan.Stages.Count == 0 ? ("free", "good")
        : Plan.IsExact ? ("exact", "good") : ("at most", "good");

    private IEnumerable<(string Name, string Value, string More)> Figures
    {
        get
        {
            string rest = Plan.IsComplete ? "" : "and what is not known";
            yield return ("Paid stages", Amount.Of(Plan.Stages.Count), "");
            yield return ("Calls", Amount.Of(Plan.Calls), Plan.MaxCalls > Plan.Calls ? $"at most {Amount.Of(Plan.MaxCalls)} with re-asks" : rest);
            yield return ("Tokens in", Amount.Of(Plan.InputTokens), Plan.Calls > 0 ? "about" : "");
            yield return ("Tokens out", Amount.Of(Plan.OutputTokens), Plan.Calls > 0 ? "at most" : "");
            yield return Plan.CostUsd is { } cost
                ? ("Cost at most", UsageText.Of(cost), Plan.MaxCostUsd is { } most && most > cost ? $"{UsageText.Of(most)} with re-asks" : rest)
                : ("Cost at most", "–", "price unknown, set --price");
        }
    }

    private void WritePlan(Utf8JsonWriter writer)
    {
        var (outcome, tone) = Outcome;
        writer.WriteStartObject();
        writer.WriteString("program", source.Name);
        writer.WriteString("text", source.Content);
        PageData.WriteTokens(writer, source.Content);
        writer.WriteString("outcome", outcome);
        writer.WriteString("tone", tone);
        PageData.WriteRows(writer, "figures", Figures, figure => PageData.WriteTexts(writer, figure.Name, figure.Value, figure.More));
        PageData.WriteRows(writer, "stages", explanation.Stages, stage => WriteStage(writer, stage));
        PageData.WriteRows(writer, "dropped", explanation.Dropped, writer.WriteStringValue);
        PageData.WriteRows(writer, "end", [.. PlanText.EndOf(Plan), "nothing was spent"], writer.WriteStringValue);
        writer.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter writer, ExplainedStage stage)
    {
        writer.WriteStartObject();
        writer.WriteString("statement", stage.Statement);
        writer.WriteString("text", stage.Stage);
        writer.WriteBoolean("isSource", stage.Input is null);
        writer.WriteString("flow", ExplanationText.FlowOf(stage));
        writer.WriteString("spending", stage.Spending is { } spending ? PlanText.NumbersOf(spending) : null);
        PageData.WriteRows(writer, "remarks", stage.Remarks, writer.WriteStringValue);
        writer.WriteEndObject();
    }
}
