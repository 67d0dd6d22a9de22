using System.Text.Json;

namespace Rlm.Cli.Report;

/// <summary>One run as the data of a page.</summary>
internal static class ReportRun
{
    /// <param name="writer">Writes it.</param>
    /// <param name="run">The run.</param>
    /// <param name="firstCall">The place of its first call among those of the page.</param>
    /// <param name="listedCalls">How many of its calls the page lists.</param>
    public static void Write(Utf8JsonWriter writer, TracedRun run, int firstCall, int listedCalls)
    {
        var outline = new RunOutline(run);
        writer.WriteStartObject();
        writer.WriteString("kind", outline.Kind);
        writer.WriteBoolean("isQuestion", outline.IsQuestion);
        writer.WriteString("title", outline.Title);
        writer.WriteString("outcome", outline.End.Word);
        writer.WriteString("tone", outline.End.Tone);
        writer.WriteString("usage", outline.Usage);
        writer.WriteNumber("elapsedMs", (long)run.Account.Elapsed.TotalMilliseconds);
        PageData.WriteRows(writer, "figures", outline.Figures, figure => PageData.WriteTexts(writer, figure.Name, figure.Value, figure.More));
        WriteAnswer(writer, run, outline);
        PageData.WriteRows(writer, "losses", outline.Losses, loss => PageData.WriteTexts(writer, loss.Text, loss.Remedy));
        PageData.WriteRows(writer, "notes", outline.Notes, writer.WriteStringValue);
        PageData.WriteRows(writer, "stages", run.Stages, stage => WriteStage(writer, stage));
        WriteOutside(writer, run);
        PageData.WriteRows(writer, "steps", run.Steps, step => WriteStep(writer, step));
        writer.WriteNumber("leftOutSteps", run.LeftOutSteps);
        writer.WriteString("noSteps", run.Account.RootCalls > 0
            ? "No program ran: the question went to the model in one call." : "No program ran.");
        writer.WriteNumber("firstCall", firstCall);
        writer.WriteNumber("listedCalls", listedCalls);
        writer.WriteNumber("callCount", run.Calls.Count);
        PageData.WriteRows(writer, "facts", outline.Facts, fact =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(fact.Name);
            writer.WriteStringValue(fact.Value);
            writer.WriteBooleanValue(fact.IsCode);
            writer.WriteEndArray();
        });
        writer.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter writer, TracedRun run, RunOutline outline)
    {
        writer.WriteString("noAnswer", outline.NoAnswer);
        if (run.Result?.Answer is { } answer)
        {
            var (kept, leftOut) = TextRoom.Cut(answer, TextRoom.MaxAnswerChars);
            writer.WriteStartArray("answer");
            writer.WriteStringValue(kept);
            writer.WriteNumberValue(leftOut);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull("answer");
        }

        var quotes = run.Result?.Quotes ?? [];
        PageData.WriteRows(writer, "citations", (run.Result?.Citations ?? []).Select((place, at) => (place, at < quotes.Count ? quotes[at] : null)),
            citation => PageData.WriteTexts(writer, citation.place, citation.Item2));
    }

    /// <summary>The calls of no stage, added up: turns of the root.</summary>
    private static void WriteOutside(Utf8JsonWriter writer, TracedRun run)
    {
        TracedCall[] outside = [.. run.Calls.Where(static call => call is { Stage: null, WasMade: true })];
        writer.WriteStartObject("outside");
        writer.WriteNumber("calls", outside.Length);
        writer.WriteNumber("failedCalls", outside.Count(static call => call.State is TracedCallState.Failed or TracedCallState.Stopped));
        writer.WriteNumber("input", outside.Sum(static call => call.InputTokens));
        writer.WriteNumber("output", outside.Sum(static call => call.OutputTokens));
        writer.WritePropertyName("cost");
        ReportWriter.WriteCost(writer, outside.Aggregate((decimal?)0, static (sum, call) => sum + call.CostUsd));
        writer.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter writer, TracedStage stage)
    {
        writer.WriteStartObject();
        writer.WriteString("text", stage.Stage);
        writer.WriteString("root", stage.Root);
        writer.WriteNumber("parent", stage.Parent ?? -1);
        writer.WriteNumber("at", (long)stage.At.TotalMilliseconds);
        if (stage.EndedAt is { } ended)
            writer.WriteNumber("end", (long)ended.TotalMilliseconds);
        else
            writer.WriteNull("end");
        writer.WriteNumber("planned", stage.PlannedCalls);
        writer.WriteNumber("calls", stage.CountedCalls ?? stage.Calls);
        writer.WriteNumber("failedCalls", stage.FailedCalls);
        writer.WriteNumber("failedItems", stage.FailedItems ?? 0);
        writer.WriteNumber("unusable", stage.UnusableReplies);
        writer.WriteNumber("notMade", stage.CallsNotMade);
        writer.WriteNumber("input", stage.InputTokens);
        writer.WriteNumber("output", stage.OutputTokens);
        writer.WritePropertyName("cost");
        ReportWriter.WriteCost(writer, stage.CostUsd);
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, TracedStep step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("kind", (int)step.Kind);
        writer.WriteNumber("at", (long)step.At.TotalMilliseconds);
        writer.WriteString("root", step.Root ?? "");
        writer.WriteString("text", step.Text);
        writer.WriteNumber("leftOut", step.LeftOutChars);
        writer.WriteString("detail", step.Detail);
        writer.WriteNumber("number", step.Number);
        if (step.Kind == TracedStepKind.Program)
            PageData.WriteTokens(writer, step.Text);
        writer.WriteEndObject();
    }
}
