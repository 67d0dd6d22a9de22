using System.Text.Json;
using Rlm.Runtime.Journal;

namespace Rlm;

/// <summary>What a run was asked to do, written down by its host so that a replay needs the journal alone.</summary>
/// <param name="Arguments">The command line or what else starts the run, without what names the journal and without secrets.</param>
/// <param name="Directory">The directory that relative paths start from.</param>
/// <param name="Program">The program of a run by hand; null where a model writes them.</param>
/// <param name="ProgramName">What diagnostics call the program; null where a model writes them.</param>
/// <param name="Root">The model that writes programs.</param>
/// <param name="Sub">The model of paid stages.</param>
public sealed record JournalRun(
    IReadOnlyList<string> Arguments, string Directory, string? Program, string? ProgramName, JournalModel Root, JournalModel Sub)
    : IJournalEntry
{
    /// <summary>
    /// When it began, by the clock of where it ran, which a replay takes for its own; null before it begins, and in journals of earlier
    /// versions.
    /// </summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What the queue calls the run whose workers make its calls; null for a run without.</summary>
    public string? QueueRun { get; init; }

    string IJournalEntry.Kind => "run";

    TimeSpan? IJournalEntry.At => null;

    void IJournalEntry.Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("arguments");
        foreach (string argument in Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        writer.WriteString("directory", Directory);
        if (StartedAt is { } startedAt)
            writer.WriteString("startedAt", startedAt);
        if (QueueRun is not null)
            writer.WriteString("queueRun", QueueRun);
        if (Program is not null)
        {
            writer.WriteString("program", Program);
            writer.WriteString("programName", ProgramName);
        }

        Write(writer, "root", Root);
        Write(writer, "sub", Sub);
    }

    internal static JournalRun Read(JsonElement entry) => new(
        [.. entry.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)],
        entry.GetProperty("directory").GetString()!,
        entry.TryGetProperty("program", out var program) ? program.GetString() : null,
        entry.TryGetProperty("programName", out var name) ? name.GetString() : null,
        ReadModel(entry.GetProperty("root")),
        ReadModel(entry.GetProperty("sub")))
    {
        StartedAt = entry.TryGetProperty("startedAt", out var startedAt) ? startedAt.GetDateTimeOffset() : null,
        QueueRun = entry.TryGetProperty("queueRun", out var queueRun) ? queueRun.GetString() : null,
    };

    private static void Write(Utf8JsonWriter writer, string name, JournalModel model)
    {
        writer.WriteStartObject(name);
        writer.WriteString("provider", model.Provider);
        writer.WriteString("name", model.Name);
        writer.WriteNumber("windowTokens", model.WindowTokens);
        writer.WriteNumber("maxOutputTokens", model.MaxOutputTokens);
        writer.WriteEndObject();
    }

    private static JournalModel ReadModel(JsonElement model) => new(
        model.GetProperty("provider").GetString(), model.GetProperty("name").GetString(),
        model.GetProperty("windowTokens").GetInt32(), model.GetProperty("maxOutputTokens").GetInt32());
}
