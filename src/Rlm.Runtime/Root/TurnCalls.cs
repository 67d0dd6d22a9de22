namespace Rlm.Runtime.Root;

/// <summary>
/// The calls of a child root's turns, which are sub-calls of its stage. While a turn runs, the call of the next one is reserved, so that what
/// a program asks leaves it.
/// </summary>
/// <param name="calls">The calls of the root.</param>
internal sealed class TurnCalls(CallBudget calls)
{
    private int _reserved;

    /// <summary>Reserves the call of a turn and that of the one behind it; whether there is one for that.</summary>
    public bool TryReserve()
    {
        _reserved += calls.ReserveUpTo(2 - _reserved);
        return _reserved == 2;
    }

    /// <summary>Counts the call of a turn, which is none where its reply was there.</summary>
    public void CountMade() => _reserved--;

    /// <summary>Gives back what no turn took.</summary>
    public void Release()
    {
        calls.Refund(_reserved);
        _reserved = 0;
    }
}
