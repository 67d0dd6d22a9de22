using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Execution;

/// <summary>What one run shares: limits, usage, clock, events, and the replies that it already has.</summary>
internal sealed class RunContext
{
    private readonly long _startedAt;
    private readonly Action<RlmEvent> _emit;
    private int _steps;

    public RunContext(RlmOptions options, CallBudget budget, UsageMeter meter, Action<RlmEvent> emit)
    {
        Options = options;
        Budget = budget;
        Meter = meter;
        _emit = emit;
        _startedAt = options.TimeProvider.GetTimestamp();
        Replies = new ReplyCache(options.Journal);
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
        _emit(happened);
        Options.Journal?.Write(happened);
    }

    /// <summary>Throws where tokens or money have run out.</summary>
    public void RequireTokens()
    {
        long tokens = Meter.InputTokens + Meter.OutputTokens;
        if (Options.MaxTokens is { } maxTokens && tokens >= maxTokens)
            throw new LimitReachedException($"the token limit is reached: {tokens:N0} of {maxTokens:N0} tokens are used (--max-tokens)");

        if (Options.MaxCostUsd is { } maxCost && Meter.CostUsd is { } cost && cost >= maxCost)
            throw new LimitReachedException($"the cost limit is reached: {cost:0.####} of {maxCost:0.####} US dollars are used (--max-cost)");
    }
}
