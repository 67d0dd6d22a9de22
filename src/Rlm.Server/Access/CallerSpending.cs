namespace Rlm.Server.Access;

/// <summary>What a request may spend of its caller's day; whatever it does not is given back at its end.</summary>
/// <param name="caller">Who asks.</param>
/// <param name="calls">Their calls of the day.</param>
/// <param name="turns">How many calls are held for turns.</param>
/// <param name="maxCostUsd">US dollars that the request may cost; null for no limit.</param>
internal sealed class CallerSpending(ApiCaller caller, CallBudget calls, int turns, decimal? maxCostUsd) : IDisposable
{
    private RlmUsage _used = new();
    private bool _hasEnded;

    public CallBudget Calls => calls;

    public int Turns => turns;

    public decimal? MaxCostUsd => maxCostUsd;

    /// <summary>Whether the caller has a limit of cost, of which this is a part.</summary>
    public bool IsCostHeld { get; init; }

    /// <summary>Takes down what was used.</summary>
    public void Charge(RlmUsage usage) => _used = usage;

    public void Dispose()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        caller.End(this, Math.Max(0, turns - _used.RootCalls), _used.CostUsd ?? 0);
    }
}
