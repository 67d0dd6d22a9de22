using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What one run shares: limits, usage, clock, events, and the replies that it already has.</summary>
internal sealed class RunContext
{
    private readonly RunContext? _outer;
    private readonly long _startedAt;
    private readonly Action<RlmEvent> _emit;
    private readonly List<string> _notes = [];
    private (int Attempts, long Tokens) _untold;
    private int _cutPrompts;
    private int _rootStages;
    private int _plannedCalls;
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

    private RunContext(RunContext outer, RlmOptions options, CallBudget budget, string root)
    {
        (_outer, _startedAt, _emit) = (outer, outer._startedAt, outer.Emit);
        (Options, Journal, Budget, Meter, Pace, Replies) = (options, outer.Journal, budget, outer.Meter, outer.Pace, outer.Replies);
        (Parallelism, Tools, Clock, Deadline, IsPlan) = (outer.Parallelism, outer.Tools, outer.Clock, outer.Deadline, outer.IsPlan);
        Limits = new SpendingLimits(options, outer.Meter, outer.Limits);
        Depth = outer.Depth + 1;
        Root = root;
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

    /// <summary>Whether it goes through calls that others made, see <see cref="ForReplay"/>.</summary>
    public bool IsReplay { get; private set; }

    /// <summary>
    /// The calls that roots of its own share among them, half of which they get: those that are left, in a plan those of its run.
    /// </summary>
    public int CallsToShare => IsPlan ? _plannedCalls : Budget.Left;

    /// <summary>How deep its root is; 0 for the run's own.</summary>
    public int Depth { get; private init; }

    /// <summary>The root that it is of: for each level the number of the stage that asks and the place of the item; null for the run's own.</summary>
    public string? Root { get; }

    /// <summary>Places for the calls of roots that are asked at the same time; null where there are none, or none that is bounded so.</summary>
    public SemaphoreSlim? Places { get; private init; }

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
        Steps = Meter.Steps,
        RootCalls = Meter.RootCalls,
        Tokens = Meter.Tokens,
        CostUsd = Meter.CostUsd,
        Readings = Readings.All,
        Shards = Shards,
        Elapsed = Elapsed,
    };

    /// <summary>What shards paid for replies that it takes; null for none.</summary>
    public RlmUsage? Shards { get; set; }

    /// <summary>What the stages of its statements read.</summary>
    public RunReadings Readings { get; } = new();

    /// <summary>A run with the same replies that leaves no trace here, whose models make no call.</summary>
    public RunContext ForPlanning() => ForHeld(Replies.Copy());

    /// <summary>The same for calls that one other made, who had no replies but its own: rows that it shares with others were in its packs.</summary>
    public RunContext ForReplay()
    {
        var replay = ForHeld(Replies.BeginApart());
        replay.IsReplay = true;
        return replay;
    }

    private RunContext ForHeld(ReplyCache replies)
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
            options, null, new CallBudget(int.MaxValue), new UsageMeter(), new CallPace(options), replies, _ => { })
        { IsPlan = true, Clock = Clock, Depth = Depth, _plannedCalls = CallsToShare };
    }

    /// <summary>What a root runs in that a stage of this run asks: on calls of its own, and else on what this run has.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="calls">Its calls.</param>
    /// <param name="root">What it is called among those of the stage and of others.</param>
    /// <param name="places">Places for calls at the same time, where nothing else bounds them; those of an outer root go before.</param>
    public RunContext ForRoot(RlmOptions options, CallBudget calls, string root, SemaphoreSlim? places) =>
        new(this, options, calls, Root is null ? root : $"{Root}/{root}") { Places = Places ?? places };

    /// <summary>The number of the next stage that asks roots, from 1.</summary>
    public int CountRootStage() => Interlocked.Increment(ref _rootStages);

    public void CountStep() => Meter.AddStep();

    /// <summary>What is worth knowing of the run's calls.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes, .. UntoldNote()];
        }
    }

    /// <summary>What every answer of the run rests on without having it.</summary>
    public IReadOnlyList<RlmLoss> Losses => Volatile.Read(ref _cutPrompts) is var cut and > 0
        ? [new RlmLoss(RlmLossKind.PromptsCut, Invariant($"{Amount.Of(cut, "prompt")} cut: the endpoint counts less than half of their tokens"), WindowRemedy) { Count = cut }]
        : [];

    private string WindowRemedy => $"say how large the model's window is ({Options.NameOf(nameof(ChatClientTraits.WindowTokens))}), or give its server a larger one";

    /// <summary>Counts a reply whose prompt the endpoint did not read whole.</summary>
    public void CountPrompt(ModelReply reply)
    {
        if (_outer is not null)
            _outer.CountPrompt(reply);
        else if (reply.IsPromptCut)
            Interlocked.Increment(ref _cutPrompts);
    }

    /// <summary>Counts an attempt without a reply, of which nobody told what it cost, and the tokens that are counted for it.</summary>
    public void CountUntold(long tokens)
    {
        if (_outer is not null)
        {
            _outer.CountUntold(tokens);
            return;
        }

        lock (_notes)
            _untold = (_untold.Attempts + 1, _untold.Tokens + tokens);
    }

    /// <summary>Adds a note, the second time nothing.</summary>
    public void NoteOnce(string note)
    {
        if (_outer is not null)
        {
            _outer.NoteOnce(note);
            return;
        }

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
        if (_outer is not null)
        {
            _outer.Emit(happened.Root is null ? happened with { Root = Root } : happened);
            return;
        }

        if (IsWanted(happened))
            _emit(happened);
        Journal?.Write(happened, Meter.HeldCalls);
    }

    /// <summary>Writes down what came of a call.</summary>
    public void Write(CallOutcome outcome) => Journal?.Write(outcome with { Root = Root });

    private IEnumerable<string> UntoldNote() => _untold.Attempts == 0 ? [] :
    [
        Invariant(
            $"{Amount.Of(_untold.Attempts, "attempt")} at a call gave no usable reply and may have been charged: {_untold.Tokens:N0} tokens are counted, the most that it can be"),
    ];

    private bool IsWanted(RlmEvent happened) => happened switch
    {
        RunFinished => true,
        RunStarted or RootStarted or RootFinished or TurnStarted or TurnFinished or StageStarted or CallFinished or StageFinished =>
            Options.Verbosity >= RlmVerbosity.Progress,
        _ => Options.Verbosity >= RlmVerbosity.Detailed,
    };
}
