using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Execution;

/// <summary>What one run shares: limits, usage, clock, events, and the replies that it already has.</summary>
internal sealed class RunContext
{
    private readonly long _startedAt;
    private readonly Action<RlmEvent> _emit;
    private int _steps;

    public RunContext(RlmOptions options, CallBudget budget, UsageMeter meter, CallPace pace, ReplyCache replies, Action<RlmEvent> emit)
    {
        Options = options;
        Budget = budget;
        Meter = meter;
        Limits = new SpendingLimits(options, meter);
        Pace = pace;
        Parallelism = options.Parallel is null ? new AdaptiveParallelism() : null;
        _emit = emit;
        _startedAt = options.TimeProvider.GetTimestamp();
        Replies = replies;
    }

    public RlmOptions Options { get; }

    public CallBudget Budget { get; }

    public UsageMeter Meter { get; }

    /// <summary>The limits of tokens and money.</summary>
    public SpendingLimits Limits { get; }

    /// <summary>The requests and tokens a minute.</summary>
    public CallPace Pace { get; }

    /// <summary>Finds how many sub-calls to make at a time; null where the options say it.</summary>
    public AdaptiveParallelism? Parallelism { get; }

    /// <summary>Whether anybody wants to know how the attempts of a call went.</summary>
    public bool IsTraced => Options.Journal is not null || Pace.IsLimited || Parallelism is not null;

    /// <summary>The replies of this run and of the journal that it goes on from.</summary>
    public ReplyCache Replies { get; }

    public TimeSpan Elapsed => Options.TimeProvider.GetElapsedTime(_startedAt);

    /// <summary>Calls that are held back for the root's last turn, and so are not left for anybody else.</summary>
    public int HeldBack { get; set; }

    /// <summary>What is used now; calls that are held back count as left.</summary>
    public RlmUsage Usage => new(Budget.Used - HeldBack, Budget.Left + HeldBack, _steps, Meter.Spent.InputTokens, Meter.Spent.OutputTokens, Meter.CostUsd, Elapsed) { CachedInputTokens = Meter.CachedInputTokens };

    public void CountStep() => _steps++;

    /// <summary>Whether anybody wants an event for each call.</summary>
    public bool TellsCalls => Options is { Verbosity: >= RlmVerbosity.Progress, CallEvents: true };

    public void Emit(RlmEvent happened)
    {
        if (IsWanted(happened))
            _emit(happened);
        Options.Journal?.Write(happened, Meter.HeldCalls);
    }

    private bool IsWanted(RlmEvent happened) => happened switch
    {
        RunFinished => true,
        RunStarted or TurnStarted or TurnFinished or StageStarted or CallFinished or StageFinished => Options.Verbosity >= RlmVerbosity.Progress,
        _ => Options.Verbosity >= RlmVerbosity.Detailed,
    };
}
