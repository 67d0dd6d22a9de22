using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Execution;

/// <summary>What one run shares: limits, usage, clock, events, and the replies that it already has.</summary>
internal sealed class RunContext
{
    private readonly long _startedAt;
    private readonly Action<RlmEvent> _emit;
    private int _steps;

    public RunContext(RlmOptions options, CallBudget budget, UsageMeter meter, ReplyCache replies, Action<RlmEvent> emit)
    {
        Options = options;
        Budget = budget;
        Meter = meter;
        _emit = emit;
        _startedAt = options.TimeProvider.GetTimestamp();
        Replies = replies;
    }

    public RlmOptions Options { get; }

    public CallBudget Budget { get; }

    public UsageMeter Meter { get; }

    /// <summary>The replies of this run and of the journal that it goes on from.</summary>
    public ReplyCache Replies { get; }

    public TimeSpan Elapsed => Options.TimeProvider.GetElapsedTime(_startedAt);

    /// <summary>Calls that are held back for the root's last turn, and so are not left for anybody else.</summary>
    public int HeldBack { get; set; }

    /// <summary>What is used now; calls that are held back count as left.</summary>
    public RlmUsage Usage => new(Budget.Used - HeldBack, Budget.Left + HeldBack, _steps, Meter.InputTokens, Meter.OutputTokens, Meter.CostUsd, Elapsed);

    public void CountStep() => _steps++;

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

    /// <summary>The part of tokens and money that sub-calls may use; a root keeps the rest for its last turn.</summary>
    public decimal SubCallShare { get; set; } = 1;

    /// <summary>Throws where tokens or money have run out.</summary>
    public void RequireTokens(bool isSubCall)
    {
        if (SpentLimit(isSubCall ? SubCallShare : 1) is { } reason)
            throw new LimitReachedException(reason);
    }

    /// <summary>Which limit of tokens or money is reached to that part, in one line; null for none.</summary>
    public string? SpentLimit(decimal share)
    {
        long tokens = Meter.InputTokens + Meter.OutputTokens;
        if (Options.MaxTokens is { } maxTokens && tokens >= maxTokens * share)
            return $"the tokens ran out ({tokens:N0} of {maxTokens:N0} are used, --max-tokens)";

        return Options.MaxCostUsd is { } maxCost && Meter.CostUsd is { } cost && cost >= maxCost * share
            ? $"the money ran out ({cost:0.####} of {maxCost:0.####} US dollars are used, --max-cost)"
            : null;
    }
}
