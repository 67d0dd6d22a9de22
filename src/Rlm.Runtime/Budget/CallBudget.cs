using Rlm.Runtime.Budget;

namespace Rlm;

/// <summary>A bound on model calls that any number of threads share without a lock. Never one call over.</summary>
public sealed class CallBudget
{
    private readonly CallBudget? _lender;
    private readonly CallBudget? _linked;
    private int _used;

    /// <summary>A budget of which nothing is used.</summary>
    /// <param name="limit">Most calls; at least 0.</param>
    public CallBudget(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Limit = limit;
    }

    private CallBudget(int limit, CallBudget? lender, CallBudget? linked)
        : this(limit) => (_lender, _linked) = (lender, linked);

    /// <summary>Most calls.</summary>
    public int Limit { get; }

    /// <summary>Calls that are reserved or made.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Calls that may still be reserved.</summary>
    public int Left => Math.Min(Limit - Used, _linked?.Left ?? int.MaxValue);

    /// <summary>What all runs on this budget have used so far, those that were stopped included; without their time.</summary>
    public RlmUsage Usage => new()
    {
        Calls = Used,
        CallsLeft = Left,
        Steps = Meter.Steps,
        RootCalls = Meter.RootCalls,
        Tokens = Meter.Tokens,
        CostUsd = Meter.CostUsd,
    };

    /// <summary>What runs on this budget spend.</summary>
    internal UsageMeter Meter { get; } = new();

    /// <summary>Reserves all of the calls, or none of them.</summary>
    /// <param name="calls">At least 0.</param>
    public bool TryReserve(int calls)
    {
        if (!TryReserveHere(calls))
            return false;
        if (_linked is null || _linked.TryReserve(calls))
            return true;
        RefundHere(calls);
        return false;
    }

    /// <summary>Reserves up to so many calls, as many as are left.</summary>
    /// <returns>How many were reserved.</returns>
    public int ReserveUpTo(int calls)
    {
        int here = ReserveUpToHere(calls);
        if (_linked is null)
            return here;
        int granted = _linked.ReserveUpTo(here);
        RefundHere(here - granted);
        return granted;
    }

    /// <summary>Reserves all of the calls, or throws.</summary>
    /// <param name="calls">At least 0.</param>
    /// <param name="what">What the calls are for, such as a stage as written.</param>
    /// <exception cref="BudgetExceededException">Fewer are left.</exception>
    public void Reserve(int calls, string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        if (!TryReserve(calls))
            throw new BudgetExceededException(what, Limit - Left, calls, Limit);
    }

    /// <summary>Gives back calls that were reserved and not made.</summary>
    /// <exception cref="InvalidOperationException">So many were not reserved; nothing is given back.</exception>
    public void Refund(int calls)
    {
        RefundHere(calls);
        _linked?.Refund(calls);
    }

    /// <summary>
    /// A budget for a part of the work, such as a child loop: it is given its calls now, as many as are left, so that neither can spend the
    /// other's. <see cref="Close"/> gives back what it did not use.
    /// </summary>
    /// <param name="limit">Most calls of the child; at least 0.</param>
    public CallBudget CreateChild(int limit) => new(ReserveUpTo(limit), lender: this, linked: null);

    /// <summary>
    /// A budget for one user of this among others, such as a run: each of its calls is one of this budget too, when it is reserved.
    /// </summary>
    /// <param name="limit">Most calls of that user; at least 0.</param>
    public CallBudget CreateLinked(int limit) => new(limit, lender: null, linked: this);

    /// <summary>Ends a child: it can reserve nothing more, and its parent has the rest back. Nothing happens the second time.</summary>
    /// <exception cref="InvalidOperationException">The budget is not a child.</exception>
    public void Close()
    {
        if (_lender is null)
            throw new InvalidOperationException("Only a budget made by CreateChild can be closed.");

        _lender.Refund(Limit - Interlocked.Exchange(ref _used, Limit));
    }

    private bool TryReserveHere(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        int used = Volatile.Read(ref _used);
        while (calls <= Limit - used)
        {
            int seen = Interlocked.CompareExchange(ref _used, used + calls, used);
            if (seen == used)
                return true;
            used = seen;
        }

        return false;
    }

    private int ReserveUpToHere(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        int used = Volatile.Read(ref _used);
        while (true)
        {
            int granted = Math.Min(calls, Limit - used);
            int seen = Interlocked.CompareExchange(ref _used, used + granted, used);
            if (seen == used)
                return granted;
            used = seen;
        }
    }

    private void RefundHere(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        int used = Volatile.Read(ref _used);
        while (true)
        {
            if (calls > used)
                throw new InvalidOperationException($"{calls} calls were refunded and only {used} were reserved.");

            int seen = Interlocked.CompareExchange(ref _used, used - calls, used);
            if (seen == used)
                return;
            used = seen;
        }
    }
}
