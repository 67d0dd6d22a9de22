using System.Text.Json;

namespace Rlm.Runtime;

/// <summary>What a journal tells of its runs, added up.</summary>
internal sealed record JournalAccount(IReadOnlyList<JournalRunAccount> Runs)
{
    /// <summary>Lines of the file, from 1, that are left out: they are damaged, doubled or out of place, or some are missing before them.</summary>
    public IReadOnlyList<long> DamagedLines { get; init; } = [];

    /// <exception cref="IOException">The file cannot be read or is no journal of this version.</exception>
    public static JournalAccount Read(string path)
    {
        var runs = new List<JournalRunAccount>();
        var reader = new JournalReader(path);
        foreach (var entry in reader.Read())
        {
            try
            {
                Add(runs, entry.RootElement);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                // Of the version without checksums.
                reader.MarkDamaged();
            }
        }

        return new(runs) { DamagedLines = reader.Damaged };
    }

    private static void Add(List<JournalRunAccount> runs, JsonElement entry)
    {
        string? kind = entry.TryGetProperty("event", out var name) ? name.GetString() : null;
        // A host's own journal has no `run`: a context, a question or a program opens one.
        if (kind == "run" || (kind is "context" or "start" or "program" && (runs.Count == 0 || runs[^1].Outcome is not null)))
            runs.Add(new JournalRunAccount());
        if (runs.Count == 0 || kind is null)
            return;

        var run = runs[^1];
        if (entry.TryGetProperty("atMs", out var at))
            run.ElapsedMs = Math.Max(run.ElapsedMs, at.GetInt64());
        switch (kind)
        {
            case "run":
                run.Command = JournalRun.Read(entry).Arguments;
                break;
            case "context":
                run.Contexts.Add(Invariant($"{entry.GetProperty("name").GetString()}, {entry.GetProperty("bytes").GetInt64():N0} bytes"));
                break;
            case "start":
                run.Question = entry.GetProperty("question").GetString();
                break;
            case "turn":
                run.Turns++;
                break;
            case "program":
                run.Programs.Add(entry.GetProperty("text").GetString()!);
                break;
            case "turnEnd" when entry.TryGetProperty("words", out var words):
                run.Words.Add(words.GetString()!);
                break;
            case "stageEnd":
                run.FailedItems += entry.GetProperty("failed").GetInt32();
                break;
            case "call":
                run.Calls++;
                AddTokens(run, entry);
                break;
            case "failed":
                run.Calls++;
                AddTokens(run, entry);
                run.FailedCalls++;
                run.Failures.Add(entry.GetProperty("message").GetString()!);
                break;
            case "retry":
                run.Retries++;
                break;
            case "end":
                run.Outcome = entry.GetProperty("outcome").GetString();
                run.Partial = entry.GetProperty("partial").GetBoolean();
                run.HeldReplies = entry.GetProperty("held").GetInt32();
                run.CostUsd = entry.TryGetProperty("costUsd", out var cost) ? cost.GetDecimal() : null;
                break;
        }
    }

    /// <summary>Adds what a call was charged; failed ones mostly are not.</summary>
    private static void AddTokens(JournalRunAccount run, JsonElement entry)
    {
        run.InputTokens += Tokens("inputTokens");
        run.OutputTokens += Tokens("outputTokens");
        run.CachedInputTokens += Tokens("cachedInputTokens");
        run.CacheWriteTokens += Tokens("cacheWriteTokens");

        long Tokens(string name) => entry.TryGetProperty(name, out var count) ? count.GetInt64() : 0;
    }
}

/// <summary>One run of a journal.</summary>
internal sealed class JournalRunAccount
{
    /// <summary>The command line; empty where a host wrote the journal.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    public string? Question { get; set; }

    public List<string> Contexts { get; } = [];

    public List<string> Programs { get; } = [];

    /// <summary>The starts of root replies that hold no program.</summary>
    public List<string> Words { get; } = [];

    public List<string> Failures { get; } = [];

    /// <summary>Items of paid stages without a usable reply.</summary>
    public int FailedItems { get; set; }

    public int Turns { get; set; }

    /// <summary>Calls that were made, failed ones included.</summary>
    public int Calls { get; set; }

    public int FailedCalls { get; set; }

    public int Retries { get; set; }

    /// <summary>Replies that were taken from an earlier run.</summary>
    public int HeldReplies { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    /// <summary>Those of the input that providers had in their caches.</summary>
    public long CachedInputTokens { get; set; }

    /// <summary>Those of the input that providers wrote there.</summary>
    public long CacheWriteTokens { get; set; }

    public decimal? CostUsd { get; set; }

    public long ElapsedMs { get; set; }

    /// <summary>Null for a run that did not come to its end.</summary>
    public string? Outcome { get; set; }

    public bool Partial { get; set; }
}
