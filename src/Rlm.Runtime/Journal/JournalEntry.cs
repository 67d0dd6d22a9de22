using System.Text.Json;
using Rlm.Runtime.Events;

namespace Rlm.Runtime;

/// <summary>Events as journal lines.</summary>
internal static class JournalEntry
{
    public static void Write(Utf8JsonWriter writer, RlmEvent happened, int heldCalls)
    {
        writer.WriteString("event", NameOf(happened));
        writer.WriteNumber("atMs", (long)happened.At.TotalMilliseconds);
        switch (happened)
        {
            case RunStarted started:
                writer.WriteString("question", started.Question);
                writer.WriteString("promptVersion", started.PromptVersion);
                break;

            case TurnStarted turn:
                writer.WriteNumber("number", turn.Number);
                break;

            case ProgramStarted program:
                writer.WriteString("text", program.Text);
                break;

            case DiagnosticsFound found:
                writer.WriteString("text", found.Rendered);
                break;

            case StageStarted stage:
                writer.WriteString("stage", stage.Stage);
                writer.WriteNumber("calls", stage.Calls);
                break;

            case StageFinished stage:
                writer.WriteString("stage", stage.Stage);
                writer.WriteNumber("calls", stage.Calls);
                writer.WriteNumber("failed", stage.Failed);
                break;

            case ValueShown shown:
                writer.WriteString("schema", shown.Schema);
                writer.WriteString("preview", shown.Preview);
                break;

            case NoteAdded note:
                writer.WriteString("text", note.Text);
                break;

            case TurnFinished { Step.Words: { } words }:
                writer.WriteString("words", words);
                break;

            case RunFinished finished:
                writer.WriteString("outcome", finished.Result.Outcome.ToString());
                writer.WriteString("answer", finished.Result.Answer);
                writer.WriteBoolean("partial", finished.Result.IsPartial);
                writer.WriteStartArray("reasons");
                foreach (string reason in finished.Result.Reasons)
                    writer.WriteStringValue(reason);
                writer.WriteEndArray();
                Write(writer, finished.Result.Usage);
                writer.WriteNumber("held", heldCalls);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, RlmUsage usage)
    {
        writer.WriteNumber("calls", usage.Calls);
        writer.WriteNumber("callsLeft", usage.CallsLeft);
        writer.WriteNumber("steps", usage.Steps);
        writer.WriteNumber("inputTokens", usage.InputTokens);
        if (usage.CachedInputTokens > 0)
            writer.WriteNumber("cachedInputTokens", usage.CachedInputTokens);
        if (usage.CacheWriteTokens > 0)
            writer.WriteNumber("cacheWriteTokens", usage.CacheWriteTokens);
        writer.WriteNumber("outputTokens", usage.OutputTokens);
        if (usage.CostUsd is { } cost)
            writer.WriteNumber("costUsd", cost);
        writer.WriteNumber("elapsedMs", (long)usage.Elapsed.TotalMilliseconds);
    }

    private static string NameOf(RlmEvent happened) => happened switch
    {
        RunStarted => "start",
        TurnStarted => "turn",
        ProgramStarted => "program",
        DiagnosticsFound => "diagnostics",
        StageStarted => "stage",
        StageFinished => "stageEnd",
        ValueShown => "shown",
        NoteAdded => "note",
        TurnFinished => "turnEnd",
        RunFinished => "end",
        _ => "event",
    };
}
