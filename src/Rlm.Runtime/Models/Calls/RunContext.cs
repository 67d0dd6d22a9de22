using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What one run shares: limits, usage, clock, events, and the replies that it already has.</summary>
internal sealed class RunContext
{
    private readonly long _startedAt;
    private readonly Action<RlmEvent> _emit;
    private readonly List<string> _notes = [];
    private (int Attempts, long Tokens) _untold;
    private int _steps;
    private volatile bool _isEnded;

    public RunContext(
        RlmOptions options, IRunJournal? journal, CallBudget budget, UsageMeter meter, CallPace pace, ReplyCache replies, Action<RlmEvent> emit)
    {
        Options = options;
        Journal = journal;
        Budget = budget;
        Meter = meter;
        Limits = new SpendingLimits(options, meter);
        Pace = pace;
        Parallelism = options.Parallel is null ? new AdaptiveParallelism() : null;
        _emit = emit;
        _startedAt = options.TimeProvider.GetTimestamp();
        Clock = journal?.ReplayedClock ?? options.TimeProvider.GetLocalNow();
        Replies = replies;
        Tools = new HostTools(
            options.Tools, options.ConfirmToolCall, options.NameOf(nameof(RlmOptions.ConfirmToolCall)), options.TimeProvider)
        {
            Observe = TellsCalls
                ? (tool, arguments, result, failure) =>
                    Emit(new ToolCalled { At = Elapsed, Tool = tool.Name, Arguments = arguments, Result = result, Failure = failure })
                : null,
            Journal = journal,
            Elapsed = () => Elapsed,
        };
    }

    public RlmOptions Options { get; }

    /// <summary>The host's functions, and how often each was called.</summary>
    public HostTools Tools { get; }

    /// <summary>Where what happens is written down; null for nowhere.</summary>
    public IRunJournal? Journal { get; }

    /// <summary>The sub-calls; the root's turns are bounded by their number.</summary>
    public CallBudget Budget { get; }

    public UsageMeter Meter { get; }

    /// <summary>Whether it stands for a run in a plan, see <see cref="ForPlanning"/>.</summary>
    public bool IsPlan { get; private init; }

    /// <summary>The limits of tokens and money.</summary>
    public SpendingLimits Limits { get; }

    /// <summary>The end of the run's time.</summary>
    public RunDeadline Deadline { get; init; } = RunDeadline.None;

    /// <summary>The requests and tokens a minute.</summary>
    public CallPace Pace { get; }

    /// <summary>Finds how many sub-calls to make at a time; null where the options say it.</summary>
    public AdaptiveParallelism? Parallelism { get; }

    /// <summary>Who wants to be asked before anything is spent; null for nobody.</summary>
    public ISpendingConsent? Consent { get; init; }

    /// <summary>The replies of this run and of the journal that it goes on from.</summary>
    public ReplyCache Replies { get; }

    /// <summary>When the run began, by the clock of where it runs; of a replay when the run did that is replayed.</summary>
    public DateTimeOffset Clock { get; private init; }

    public TimeSpan Elapsed => Options.TimeProvider.GetElapsedTime(_startedAt);

    /// <summary>What is used now.</summary>
    public RlmUsage Usage => new()
    {
        Calls = Budget.Used,
        CallsLeft = Budget.Left,
        Steps = _steps,
        RootCalls = Meter.RootCalls,
        Tokens = Meter.Tokens,
        CostUsd = Meter.CostUsd,
        Elapsed = Elapsed,
    };

    /// <summary>A run with the same replies that leaves no trace here, whose models make no call.</summary>
    public RunContext ForPlanning()
    {
        var options = Options with
        {
            Parallel = 1,
            MaxTokens = null,
            MaxInputTokens = null,
            MaxOutputTokens = null,
            MaxCostUsd = null,
            RequestsPerMinute = null,
            TokensPerMinute = null,
            Models = Options.Models.ToDictionary(
                model => model.Key,
                model => (Microsoft.Extensions.AI.IChatClient)new HeldRepliesClient(model.Value),
                StringComparer.Ordinal),
        };
        return new RunContext(
            options, null, new CallBudget(int.MaxValue), new UsageMeter(), new CallPace(options), Replies.Copy(), _ => { })
        { IsPlan = true, Clock = Clock };
    }

    public void CountStep() => _steps++;

    /// <summary>What is worth knowing of the run's calls.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes, .. UntoldNote()];
        }
    }

    /// <summary>Counts an attempt without a reply, of which nobody told what it cost, and the tokens that are counted for it.</summary>
    public void CountUntold(long tokens)
    {
        lock (_notes)
            _untold = (_untold.Attempts + 1, _untold.Tokens + tokens);
    }

    /// <summary>Adds a note, the second time nothing.</summary>
    public void NoteOnce(string note)
    {
        lock (_notes)
        {
            if (!_notes.Contains(note))
                _notes.Add(note);
        }
    }

    /// <summary>Whether anybody wants an event for each call.</summary>
    public bool TellsCalls => Options is { Verbosity: >= RlmVerbosity.Progress, CallEvents: true };

    /// <summary>Whether nobody is told of it any more.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>Whatever happens from here on is told to nobody.</summary>
    public void End() => _isEnded = true;

    public void Emit(RlmEvent happened)
    {
        if (_isEnded)
            return;
        if (IsWanted(happened))
            _emit(happened);
        Journal?.Write(happened, Meter.HeldCalls);
    }

    private IEnumerable<string> UntoldNote() => _untold.Attempts == 0 ? [] :
    [
        Invariant(
            $"{Amount.Of(_untold.Attempts, "attempt")} at a call gave no usable reply and may have been charged: {_untold.Tokens:N0} tokens are counted, the most that it can be"),
    ];

    private bool IsWanted(RlmEvent happened) => happened switch
    {
        RunFinished => true,
        RunStarted or TurnStarted or TurnFinished or StageStarted or CallFinished or StageFinished =>
            Options.Verbosity >= RlmVerbosity.Progress,
        _ => Options.Verbosity >= RlmVerbosity.Detailed,
    };
}
