namespace Rlm.Runtime.Execution;

/// <summary>Tokens and their cost, counted by any number of threads without a lock.</summary>
internal sealed class UsageMeter(TokenPrice? price)
{
    private long _inputTokens;
    private long _outputTokens;
    private long _heldInputTokens;
    private long _heldOutputTokens;
    private int _heldCalls;

    public long InputTokens => Interlocked.Read(ref _inputTokens);

    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    /// <summary>US dollars; null where nobody knows the price.</summary>
    public decimal? CostUsd => price?.Of(InputTokens, OutputTokens);

    /// <summary>Calls whose reply was taken from a journal.</summary>
    public int HeldCalls => Volatile.Read(ref _heldCalls);

    /// <summary>Tokens that limits count: those of replies that an earlier run paid for, too.</summary>
    public long LimitedTokens => InputTokens + OutputTokens + Interlocked.Read(ref _heldInputTokens) + Interlocked.Read(ref _heldOutputTokens);

    /// <summary>US dollars that limits count; null where nobody knows the price.</summary>
    public decimal? LimitedCostUsd => price?.Of(InputTokens + Interlocked.Read(ref _heldInputTokens), OutputTokens + Interlocked.Read(ref _heldOutputTokens));

    /// <summary>Counts a call.</summary>
    public void Add(long inputTokens, long outputTokens)
    {
        Interlocked.Add(ref _inputTokens, inputTokens);
        Interlocked.Add(ref _outputTokens, outputTokens);
    }

    /// <summary>Counts a reply that was taken from a journal.</summary>
    public void AddHeld(long inputTokens, long outputTokens)
    {
        Interlocked.Increment(ref _heldCalls);
        Interlocked.Add(ref _heldInputTokens, inputTokens);
        Interlocked.Add(ref _heldOutputTokens, outputTokens);
    }

    public void Reset()
    {
        Interlocked.Exchange(ref _inputTokens, 0);
        Interlocked.Exchange(ref _outputTokens, 0);
        Interlocked.Exchange(ref _heldInputTokens, 0);
        Interlocked.Exchange(ref _heldOutputTokens, 0);
        Interlocked.Exchange(ref _heldCalls, 0);
    }
}
