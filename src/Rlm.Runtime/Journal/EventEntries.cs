using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>A question is taken up.</summary>
internal sealed record StartEntry(TimeSpan? At, string Question, string PromptVersion) : IJournalEntry
{
    public string Kind => "start";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("question", Question);
        writer.WriteString("promptVersion", PromptVersion);
    }

    public static StartEntry Read(JsonElement line, TimeSpan at) =>
        new(at, JournalEntries.ReadText(line, "question"), JournalEntries.ReadText(line, "promptVersion"));
}

/// <summary>A stage asks a child root.</summary>
internal sealed record RootStartEntry(TimeSpan? At, string Question) : IJournalEntry
{
    public string Kind => "rootStart";

    public void Write(Utf8JsonWriter writer) => writer.WriteString("question", Question);

    public static RootStartEntry Read(JsonElement line, TimeSpan at) => new(at, JournalEntries.ReadText(line, "question"));
}

/// <summary>A child root is over.</summary>
internal sealed record RootEndEntry(TimeSpan? At, string? Answer, string? Reason, int Calls) : IJournalEntry
{
    public string Kind => "rootEnd";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("answer", Answer);
        if (Reason is not null)
            writer.WriteString("reason", Reason);
        writer.WriteNumber("calls", Calls);
    }

    public static RootEndEntry Read(JsonElement line, TimeSpan at) => new(
        at, JournalEntries.FindText(line, "answer"), JournalEntries.FindText(line, "reason"), line.GetProperty("calls").GetInt32());
}

/// <summary>A root turn begins.</summary>
internal sealed record TurnEntry(TimeSpan? At, int Number) : IJournalEntry
{
    public string Kind => "turn";

    public void Write(Utf8JsonWriter writer) => writer.WriteNumber("number", Number);

    public static TurnEntry Read(JsonElement line, TimeSpan at) => new(at, line.GetProperty("number").GetInt32());
}

/// <summary>A root turn is over.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Words">The start of a reply that holds no program; null for one that does.</param>
internal sealed record TurnEndEntry(TimeSpan? At, string? Words) : IJournalEntry
{
    public string Kind => "turnEnd";

    public void Write(Utf8JsonWriter writer)
    {
        if (Words is not null)
            writer.WriteString("words", Words);
    }

    public static TurnEndEntry Read(JsonElement line, TimeSpan at) => new(at, JournalEntries.FindText(line, "words"));
}

/// <summary>A kind of event that has a text and nothing else: a program that is run, its errors and warnings, or a note.</summary>
internal sealed record TextEntry(TimeSpan? At, string Kind, string Text) : IJournalEntry
{
    public const string Program = "program";
    public const string Diagnostics = "diagnostics";
    public const string Note = "note";

    public void Write(Utf8JsonWriter writer) => writer.WriteString("text", Text);

    public static TextEntry Read(JsonElement line, TimeSpan at, string kind) => new(at, kind, JournalEntries.ReadText(line, "text"));
}

/// <summary>A paid stage begins.</summary>
internal sealed record StageEntry(TimeSpan? At, string Stage, int Calls) : IJournalEntry
{
    public string Kind => "stage";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("stage", Stage);
        writer.WriteNumber("calls", Calls);
    }

    public static StageEntry Read(JsonElement line, TimeSpan at) =>
        new(at, JournalEntries.ReadText(line, "stage"), line.GetProperty("calls").GetInt32());
}

/// <summary>A paid stage is over.</summary>
internal sealed record StageEndEntry(TimeSpan? At, string Stage, int Calls, int Failed) : IJournalEntry
{
    public string Kind => "stageEnd";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("stage", Stage);
        writer.WriteNumber("calls", Calls);
        writer.WriteNumber("failed", Failed);
    }

    public static StageEndEntry Read(JsonElement line, TimeSpan at) =>
        new(at, JournalEntries.ReadText(line, "stage"), line.GetProperty("calls").GetInt32(), line.GetProperty("failed").GetInt32());
}

/// <summary>A value was shown.</summary>
internal sealed record ShownEntry(TimeSpan? At, string Schema, string Preview) : IJournalEntry
{
    public string Kind => "shown";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("schema", Schema);
        writer.WriteString("preview", Preview);
    }

    public static ShownEntry Read(JsonElement line, TimeSpan at) =>
        new(at, JournalEntries.ReadText(line, "schema"), JournalEntries.ReadText(line, "preview"));
}
