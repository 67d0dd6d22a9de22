using System.Text.Json;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Journal;

/// <summary>Entries as lines, and events as entries.</summary>
internal static class JournalEntries
{
    private const string Root = "root";

    /// <param name="writer">Writes the line.</param>
    /// <param name="entry">What it tells.</param>
    /// <param name="root">The child root that it is about; null for the run's own.</param>
    public static void Write(Utf8JsonWriter writer, IJournalEntry entry, string? root = null)
    {
        writer.WriteString("event", entry.Kind);
        if (entry.At is { } at)
            writer.WriteNumber("atMs", (long)at.TotalMilliseconds);
        if (root is not null)
            writer.WriteString(Root, root);
        entry.Write(writer);
    }

    /// <summary>The entry of a line; null for a kind that this version does not know.</summary>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type.</exception>
    /// <exception cref="FormatException">A number is none.</exception>
    /// <exception cref="ArgumentException">A word is none of those that there are.</exception>
    public static IJournalEntry? Read(JsonElement line)
    {
        var at = TimeSpan.FromMilliseconds(line.TryGetProperty("atMs", out var ms) ? ms.GetInt64() : 0);
        return (line.TryGetProperty("event", out var kind) ? kind.GetString() : null) switch
        {
            "run" => JournalRun.Read(line),
            "context" => ContextMark.Read(line),
            "call" => CallEntry.Read(line, at),
            "failed" => FailedEntry.Read(line, at),
            "refused" => RefusedEntry.Read(line, at),
            "retry" => RetryEntry.Read(line, at),
            "unusable" => UnusableEntry.Read(line, at),
            "tool" => ToolEntry.Read(line, at),
            "toolEnd" => ToolEndEntry.Read(line, at),
            "start" => StartEntry.Read(line, at),
            "rootStart" => RootStartEntry.Read(line, at),
            "rootEnd" => RootEndEntry.Read(line, at),
            "turn" => TurnEntry.Read(line, at),
            "turnEnd" => TurnEndEntry.Read(line, at),
            (TextEntry.Program or TextEntry.Diagnostics or TextEntry.Note) and var text => TextEntry.Read(line, at, text),
            "stage" => StageEntry.Read(line, at),
            "stageEnd" => StageEndEntry.Read(line, at),
            "shown" => ShownEntry.Read(line, at),
            "end" => EndEntry.Read(line, at),
            _ => null,
        };
    }

    /// <summary>What is written of an event; null for nothing: the progress of calls is what they themselves say.</summary>
    public static IJournalEntry? Of(RlmEvent happened, int heldCalls) => happened switch
    {
        RunStarted started => new StartEntry(started.At, started.Question, started.PromptVersion),
        RootStarted started => new RootStartEntry(started.At, started.Question),
        RootFinished finished => new RootEndEntry(finished.At, finished.Answer, finished.Reason, finished.Calls),
        TurnStarted turn => new TurnEntry(turn.At, turn.Number),
        TurnFinished turn => new TurnEndEntry(turn.At, turn.Step.Words),
        ProgramStarted program => new TextEntry(program.At, TextEntry.Program, program.Text),
        DiagnosticsFound found => new TextEntry(found.At, TextEntry.Diagnostics, found.Rendered),
        StageStarted stage => new StageEntry(stage.At, stage.Stage, stage.Calls),
        StageFinished stage => new StageEndEntry(stage.At, stage.Stage, stage.Calls, stage.Failed),
        ValueShown shown => new ShownEntry(shown.At, shown.Schema, shown.Preview),
        NoteAdded note => new TextEntry(note.At, TextEntry.Note, note.Text),
        RunFinished finished => new EndEntry(finished.At, finished.Result, heldCalls),
        _ => null,
    };

    /// <summary>The entry of what came of a call.</summary>
    public static IJournalEntry Of(CallOutcome outcome) => outcome switch
    {
        RepliedCall replied => new CallEntry(replied),
        FailedCall failed => new FailedEntry(failed),
        RefusedCall refused => new RefusedEntry(refused),
        RetriedCall retried => new RetryEntry(retried),
        UnusableReply unusable => new UnusableEntry(unusable),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>The child root that an entry is about; null for the run's own. A run has its model by that name.</summary>
    public static string? RootOf(IJournalEntry entry, JsonElement line) => entry is JournalRun ? null : FindText(line, Root);

    /// <summary>A text that may not be missing.</summary>
    public static string ReadText(JsonElement line, string field) =>
        line.GetProperty(field).GetString() ?? throw new FormatException($"`{field}` is null");

    /// <summary>A text that may be missing.</summary>
    public static string? FindText(JsonElement line, string field) => line.TryGetProperty(field, out var text) ? text.GetString() : null;
}
