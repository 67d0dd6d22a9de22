using Rlm.Runtime.Budget;
using Rlm.Runtime.Rendering;

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
                if (JournalEntries.Read(entry.RootElement) is { } read)
                    Add(runs, read);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                // Of the version without checksums.
                reader.MarkDamaged();
            }
        }

        return new(runs) { DamagedLines = reader.Damaged };
    }

    private static void Add(List<JournalRunAccount> runs, IJournalEntry entry)
    {
        // A host's own journal has no `run`: a context, a question or a program opens one.
        if (entry is JournalRun || (entry is ContextMark or StartEntry or ProgramEntry && (runs.Count == 0 || runs[^1].Outcome is not null)))
            runs.Add(new JournalRunAccount());
        if (runs.Count > 0)
            runs[^1].Add(entry);
    }
}

/// <summary>One run of a journal.</summary>
internal sealed class JournalRunAccount
{
    private TokenCounts _tokens;

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

    public long InputTokens => _tokens.Input;

    public long OutputTokens => _tokens.Output;

    /// <summary>Those of the input that providers had in their caches.</summary>
    public long CachedInputTokens => _tokens.CachedInput;

    /// <summary>Those of the input that providers wrote there.</summary>
    public long CacheWriteTokens => _tokens.CacheWrite;

    public decimal? CostUsd { get; set; }

    public long ElapsedMs { get; set; }

    /// <summary>Null for a run that did not come to its end.</summary>
    public string? Outcome { get; set; }

    public bool Partial { get; set; }

    /// <summary>Adds what an entry tells.</summary>
    internal void Add(IJournalEntry entry)
    {
        ElapsedMs = Math.Max(ElapsedMs, (long)(entry.At ?? TimeSpan.Zero).TotalMilliseconds);
        switch (entry)
        {
            case JournalRun run:
                Command = run.Arguments;
                break;
            case ContextMark mark:
                Contexts.Add($"{mark.Name}, {Amount.Of(mark.Bytes, "byte")}");
                break;
            case StartEntry start:
                Question = start.Question;
                break;
            case TurnEntry:
                Turns++;
                break;
            case ProgramEntry program:
                Programs.Add(program.Text);
                break;
            case TurnEndEntry { Words: { } words }:
                Words.Add(words);
                break;
            case StageEndEntry stage:
                FailedItems += stage.Failed;
                break;
            case CallEntry call:
                AddCall(call.Reply.Tokens);
                break;
            case FailedEntry failed:
                AddFailure(failed.Message, failed.Charged ?? default);
                break;
            case RefusedEntry { Charged: { } charged } refused:
                AddFailure(refused.Limit, charged);
                break;
            case RetryEntry:
                Retries++;
                break;
            case EndEntry end:
                Outcome = end.Result.Outcome.ToString();
                Partial = end.Result.IsPartial;
                HeldReplies = end.HeldCalls;
                CostUsd = end.Result.Usage.CostUsd;
                break;
        }
    }

    private void AddCall(TokenCounts tokens)
    {
        Calls++;
        _tokens += tokens;
    }

    private void AddFailure(string message, TokenCounts tokens)
    {
        AddCall(tokens);
        FailedCalls++;
        Failures.Add(message);
    }
}
