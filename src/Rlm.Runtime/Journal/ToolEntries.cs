using System.Text.Json;
using Rlm.Runtime.Evaluation.Functions;

namespace Rlm.Runtime.Journal;

/// <summary>A call of a tool that writes begins.</summary>
internal sealed record ToolEntry(TimeSpan? At, string Key, string Tool) : IJournalEntry
{
    public string Kind => "tool";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Key);
        writer.WriteString("tool", Tool);
    }

    public static ToolEntry Read(JsonElement line, TimeSpan at) =>
        new(at, JournalEntries.ReadText(line, "key"), JournalEntries.ReadText(line, "tool"));
}

/// <summary>What came of it.</summary>
internal sealed record ToolEndEntry(TimeSpan? At, ToolOutcome Outcome) : IJournalEntry
{
    public string Kind => "toolEnd";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Outcome.Key);
        writer.WriteString("tool", Outcome.Tool);
        if (Outcome.IsHeld)
            writer.WriteBoolean("held", true);
        if (Outcome.Failure is not null)
            writer.WriteString("failure", Outcome.Failure);
        if (Outcome.Result is { } result)
        {
            writer.WritePropertyName("result");
            result.WriteTo(writer);
        }
    }

    public static ToolEndEntry Read(JsonElement line, TimeSpan at) =>
        new(at, new ToolOutcome(JournalEntries.ReadText(line, "key"), JournalEntries.ReadText(line, "tool"))
        {
            IsHeld = line.TryGetProperty("held", out _),
            Failure = JournalEntries.FindText(line, "failure"),
            Result = line.TryGetProperty("result", out var result) ? result.Clone() : null,
        });
}
