using Rlm.Runtime.Budget;
using Rlm.Runtime.Journal;
using Rlm.Runtime.Models.Calls;

namespace Rlm;

/// <summary>One run of a journal, added up as far as it came.</summary>
public sealed class JournalRunAccount
{
    private readonly List<(string Name, long Bytes)> _contexts = [];
    private readonly List<string> _programs = [], _words = [], _failures = [];
    private TokenCounts _tokens;

    internal JournalRunAccount()
    {
    }

    /// <summary>What the run was started with, as the command line; empty where the host said nothing.</summary>
    public IReadOnlyList<string> Command { get; private set; } = [];

    /// <summary>The question of a root loop; null for a program that was run by hand.</summary>
    public string? Question { get; private set; }

    /// <summary>The variables with the length of their texts together, in order.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Contexts => _contexts;

    /// <summary>The programs that ran, in order.</summary>
    public IReadOnlyList<string> Programs => _programs;

    /// <summary>The starts of root replies that hold no program.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Why calls failed, one line each.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Items of paid stages without a usable reply.</summary>
    public int FailedItems { get; private set; }

    /// <summary>Turns of the root that were begun.</summary>
    public int Turns { get; private set; }

    /// <summary>Sub-calls that were made, failed ones included.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls to the root that were made, failed ones included.</summary>
    public int RootCalls { get; private set; }

    /// <summary>Calls without a reply, those to the root included.</summary>
    public int FailedCalls { get; private set; }

    /// <summary>Requests that were made again.</summary>
    public int Retries { get; private set; }

    /// <summary>Replies that were taken from an earlier run; 0 until the run ends.</summary>
    public int HeldReplies { get; private set; }

    /// <summary>Tokens of prompts.</summary>
    public long InputTokens => _tokens.Input;

    /// <summary>Tokens of replies.</summary>
    public long OutputTokens => _tokens.Output;

    /// <summary>Those of the input that providers had in their caches.</summary>
    public long CachedInputTokens => _tokens.CachedInput;

    /// <summary>Those of the input that providers wrote there.</summary>
    public long CacheWriteTokens => _tokens.CacheWrite;

    /// <summary>US dollars; null where nobody knows a price, or the run did not come to its end.</summary>
    public decimal? CostUsd { get; private set; }

    /// <summary>The time from the run's start to what is written of it last.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>How the run ended; null for one that did not come to its end.</summary>
    public RlmOutcome? Outcome { get; private set; }

    /// <summary>Whether its answer is partial.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>
    /// Whether an entry is the first of a run. A host's own journal has no <c>run</c>: a context, a question or a program opens one.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="last">The run before it; null for none.</param>
    internal static bool IsOpening(IJournalEntry entry, JournalRunAccount? last) => entry is JournalRun
        || (entry is ContextMark or StartEntry or TextEntry { Kind: TextEntry.Program } && last is null or { Outcome: not null });

    /// <summary>Adds what an entry tells.</summary>
    internal void Add(IJournalEntry entry)
    {
        Elapsed = entry.At > Elapsed ? entry.At.Value : Elapsed;
        switch (entry)
        {
            case JournalRun run:
                Command = run.Arguments;
                break;
            case ContextMark mark:
                _contexts.Add((mark.Name, mark.Bytes));
                break;
            case StartEntry start:
                Question = start.Question;
                break;
            case TurnEntry:
                Turns++;
                break;
            case TextEntry { Kind: TextEntry.Program } program:
                _programs.Add(program.Text);
                break;
            case TurnEndEntry { Words: { } words }:
                _words.Add(words);
                break;
            case StageEndEntry stage:
                FailedItems += stage.Failed;
                break;
            case CallEntry { Call: var call }:
                AddCall(call.Model, call.Reply.Tokens);
                break;
            case FailedEntry { Call: var failed }:
                AddFailure(failed.Model, failed.Message, failed.Charged ?? default);
                break;
            case RefusedEntry { Call: { Charged: { } charged } refused }:
                AddFailure(refused.Model, refused.Limit, charged);
                break;
            case RetryEntry:
                Retries++;
                break;
            case EndEntry end:
                Outcome = end.Result.Outcome;
                IsPartial = end.Result.IsPartial;
                HeldReplies = end.HeldCalls;
                CostUsd = end.Result.Usage.CostUsd;
                break;
        }
    }

    private void AddCall(string? model, TokenCounts tokens)
    {
        if (model == ModelCaller.Root)
            RootCalls++;
        else
            Calls++;
        _tokens += tokens;
    }

    private void AddFailure(string? model, string message, TokenCounts tokens)
    {
        AddCall(model, tokens);
        FailedCalls++;
        _failures.Add(message);
    }
}
