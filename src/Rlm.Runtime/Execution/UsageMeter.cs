namespace Rlm.Runtime.Execution;

/// <summary>Tokens and their cost, counted by any number of threads without a lock.</summary>
internal sealed class UsageMeter(TokenPrice? price)
{
    private long _inputTokens;
    private long _outputTokens;
    private int _heldCalls;

    public long InputTokens => Interlocked.Read(ref _inputTokens);

    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    /// <summary>US dollars; null where nobody knows the price.</summary>
    public decimal? CostUsd => price?.Of(InputTokens, OutputTokens);

    /// <summary>Calls whose reply was taken from a journal.</summary>
    public int HeldCalls => Volatile.Read(ref _heldCalls);

    /// <summary>Counts a call.</summary>
    public void Add(long inputTokens, long outputTokens)
    {
        Interlocked.Add(ref _inputTokens, inputTokens);
        Interlocked.Add(ref _outputTokens, outputTokens);
    }

    /// <summary>Counts a reply that was taken from a journal, which costs nothing.</summary>
    public void AddHeld() => Interlocked.Increment(ref _heldCalls);

    public void Reset()
    {
        Interlocked.Exchange(ref _inputTokens, 0);
        Interlocked.Exchange(ref _outputTokens, 0);
        Interlocked.Exchange(ref _heldCalls, 0);
    }
}
