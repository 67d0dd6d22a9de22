namespace Rlm.Runtime.Execution;

/// <summary>Tokens and their cost, counted by any number of threads without a lock.</summary>
internal sealed class UsageMeter
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    private long _inputTokens;
    private long _outputTokens;
    private long _picoUsd;
    private int _pricedCalls;
    private int _unpricedCalls;
    private int _heldCalls;

    public long InputTokens => Interlocked.Read(ref _inputTokens);

    public long OutputTokens => Interlocked.Read(ref _outputTokens);

    /// <summary>US dollars; null where nobody knows the price.</summary>
    public decimal? CostUsd => Volatile.Read(ref _unpricedCalls) > 0 || Volatile.Read(ref _pricedCalls) == 0 ? null : Interlocked.Read(ref _picoUsd) / PicoPerUsd;

    /// <summary>Calls whose reply was taken from a journal.</summary>
    public int HeldCalls => Volatile.Read(ref _heldCalls);

    /// <summary>Counts a call.</summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="outputTokens">Tokens of the reply.</param>
    /// <param name="price">What they cost; null where nobody knows.</param>
    public void Add(long inputTokens, long outputTokens, TokenPrice? price)
    {
        if (price is null)
        {
            Interlocked.Increment(ref _unpricedCalls);
        }
        else
        {
            Interlocked.Add(ref _picoUsd, (long)Math.Min(long.MaxValue / 2, price.Of(inputTokens, outputTokens) * PicoPerUsd));
            Interlocked.Increment(ref _pricedCalls);
        }

        Interlocked.Add(ref _inputTokens, inputTokens);
        Interlocked.Add(ref _outputTokens, outputTokens);
    }

    /// <summary>Counts a reply that was taken from a journal, which costs nothing.</summary>
    public void AddHeld() => Interlocked.Increment(ref _heldCalls);

    public void Reset()
    {
        Interlocked.Exchange(ref _inputTokens, 0);
        Interlocked.Exchange(ref _outputTokens, 0);
        Interlocked.Exchange(ref _picoUsd, 0);
        Interlocked.Exchange(ref _pricedCalls, 0);
        Interlocked.Exchange(ref _unpricedCalls, 0);
        Interlocked.Exchange(ref _heldCalls, 0);
    }
}
