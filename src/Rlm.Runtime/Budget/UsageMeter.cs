namespace Rlm.Runtime.Budget;

/// <summary>
/// What is spent, and what calls in flight may spend, counted by any number of threads without a lock: the whole state is replaced at once,
/// so that nothing comes between a comparison with a limit and the reservation.
/// </summary>
/// <param name="shared">The meter of all runs on one budget, to which everything that is spent is added; null for none.</param>
internal sealed class UsageMeter(UsageMeter? shared = null)
{
    private State _state = new();
    private TaskCompletionSource _settled = NewSignal();

    /// <summary>What is spent; calls without a known price cost nothing here.</summary>
    public Spending Spent => Current.Spent;

    /// <summary>The tokens of all attempts.</summary>
    public TokenCounts Tokens => Current.Tokens;

    /// <summary>US dollars; null where nobody knows the price.</summary>
    public decimal? CostUsd => Current is { UnpricedCalls: 0, PricedCalls: > 0 } state ? state.CostUsd : null;

    /// <summary>Calls whose reply was taken from a journal.</summary>
    public int HeldCalls => Current.HeldCalls;

    /// <summary>Calls to the root that were made.</summary>
    public int RootCalls => Current.RootCalls;

    /// <summary>Turns of roots.</summary>
    public int Steps => Current.Steps;

    /// <summary>Done when a reservation has been settled since this was read.</summary>
    public Task Settled => Volatile.Read(ref _settled).Task;

    private State Current => Volatile.Read(ref _state);

    /// <summary>Reserves what a call may spend, until <see cref="Settle"/>.</summary>
    /// <param name="ask">Given what is spent, what is reserved beside it, and how many reservations that is: what to
    /// reserve, or null for nothing.</param>
    public Spending? TryReserve(Func<Spending, Spending, int, Spending?> ask)
    {
        while (true)
        {
            var state = Current;
            if (ask(state.Spent, state.Reserved, state.Reservations) is not { } asked)
                return null;
            if (TryReplace(state, state with { Reserved = state.Reserved + asked, Reservations = state.Reservations + 1 }))
                return asked;
        }
    }

    /// <summary>Ends a reservation.</summary>
    public void Settle(Spending reserved)
    {
        Replace(state => state with { Reserved = state.Reserved - reserved, Reservations = state.Reservations - 1 });
        Interlocked.Exchange(ref _settled, NewSignal()).TrySetResult();
    }

    /// <summary>Counts an attempt at a call.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="price">What they cost; null where nobody knows.</param>
    public void Add(TokenCounts tokens, TokenPrice? price)
    {
        Replace(state => state with
        {
            Tokens = state.Tokens + tokens,
            CostUsd = state.CostUsd + (price?.Of(tokens.Input, tokens.Output, tokens.CachedInput, tokens.CacheWrite) ?? 0),
            PricedCalls = state.PricedCalls + (price is null ? 0 : 1),
            UnpricedCalls = state.UnpricedCalls + (price is null ? 1 : 0),
        });
        shared?.Add(tokens, price);
    }

    /// <summary>Counts a reply that was taken from a journal, which costs nothing.</summary>
    public void AddHeld() => Replace(state => state with { HeldCalls = state.HeldCalls + 1 });

    /// <summary>Counts a call to the root.</summary>
    public void AddRootCall()
    {
        Replace(state => state with { RootCalls = state.RootCalls + 1 });
        shared?.AddRootCall();
    }

    /// <summary>Counts a turn of a root.</summary>
    public void AddStep()
    {
        Replace(state => state with { Steps = state.Steps + 1 });
        shared?.AddStep();
    }

    public void Reset() => Volatile.Write(ref _state, new State());

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Replace(Func<State, State> change)
    {
        for (var state = Current; !TryReplace(state, change(state)); state = Current)
        {
        }
    }

    private bool TryReplace(State old, State next) => ReferenceEquals(Interlocked.CompareExchange(ref _state, next, old), old);

    private sealed record State
    {
        public TokenCounts Tokens { get; init; }

        public decimal CostUsd { get; init; }

        public Spending Spent => new(Tokens.Input, Tokens.Output, CostUsd);

        public Spending Reserved { get; init; }

        public int Reservations { get; init; }

        public int PricedCalls { get; init; }

        public int UnpricedCalls { get; init; }

        public int HeldCalls { get; init; }

        public int RootCalls { get; init; }

        public int Steps { get; init; }
    }
}
