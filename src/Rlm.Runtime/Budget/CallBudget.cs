namespace Rlm.Runtime.Budget;

/// <summary>A bound on model calls that any number of threads share without a lock. Never one call over.</summary>
public sealed class CallBudget
{
    private readonly CallBudget? _parent;
    private int _used;

    /// <summary>A budget of which nothing is used.</summary>
    /// <param name="limit">Most calls; at least 0.</param>
    public CallBudget(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Limit = limit;
    }

    private CallBudget(CallBudget parent, int granted)
        : this(granted) => _parent = parent;

    /// <summary>Most calls.</summary>
    public int Limit { get; }

    /// <summary>Calls that are reserved or made.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Calls that may still be reserved.</summary>
    public int Left => Limit - Used;

    /// <summary>Reserves all of the calls, or none of them.</summary>
    /// <param name="calls">At least 0.</param>
    public bool TryReserve(int calls)
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

    /// <summary>Reserves up to so many calls, as many as are left.</summary>
    /// <returns>How many were reserved.</returns>
    public int ReserveUpTo(int calls)
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

    /// <summary>Reserves all of the calls, or throws.</summary>
    /// <param name="calls">At least 0.</param>
    /// <param name="what">What the calls are for, such as a stage as written.</param>
    /// <exception cref="BudgetExceededException">Fewer are left.</exception>
    public void Reserve(int calls, string what)
    {
        if (!TryReserve(calls))
            throw new BudgetExceededException(what, Used, calls, Limit);
    }

    /// <summary>Gives back calls that were reserved and not made.</summary>
    /// <exception cref="InvalidOperationException">So many were not reserved; nothing is given back.</exception>
    public void Refund(int calls)
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

    /// <summary>
    /// A budget for a part of the work, such as a child loop: it is given its calls now, as many as are left, so that neither can spend the
    /// other's. <see cref="Close"/> gives back what it did not use.
    /// </summary>
    /// <param name="limit">Most calls of the child; at least 0.</param>
    public CallBudget CreateChild(int limit) => new(this, ReserveUpTo(limit));

    /// <summary>Ends a child: it can reserve nothing more, and its parent has the rest back. Nothing happens the second time.</summary>
    /// <exception cref="InvalidOperationException">The budget is no child.</exception>
    public void Close()
    {
        if (_parent is null)
            throw new InvalidOperationException("Only a budget made by CreateChild can be closed.");

        _parent.Refund(Limit - Interlocked.Exchange(ref _used, Limit));
    }

    /// <summary>Forgets what was used.</summary>
    public void Reset() => Volatile.Write(ref _used, 0);
}
