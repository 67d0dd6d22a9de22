namespace Rlm.Runtime.Budget;

/// <summary>
/// Holds a run to its tokens and money: each call reserves its prompt and the longest reply before it is made, so that calls at the same
/// time cannot pass a limit together. What a prompt takes is estimated; the provider's own count may differ a little.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="meter">What is spent of them.</param>
/// <param name="outer">Those of the root that asks this one, which keeps back its own last turn; null for the run's own.</param>
internal sealed class SpendingLimits(RlmOptions options, UsageMeter meter, SpendingLimits? outer = null)
{
    /// <summary>A reply that may not be this long is not worth its prompt.</summary>
    private const long LeastReplyTokens = 64;

    private string? _refusal;

    /// <summary>
    /// What a root's last turn needs and sub-calls leave, so that a run whose tokens or money are spent by them can still answer.
    /// </summary>
    public Spending KeptForLastTurn { get; set; }

    private Spending KeptByOuter => outer is null ? default : outer.KeptForLastTurn + outer.KeptByOuter;

    public bool HasAny => options.MaxTokens is not null || options.MaxInputTokens is not null || options.MaxOutputTokens is not null
        || options.MaxCostUsd is not null;

    /// <summary>Why there is too little for a call beside what is kept back, in one line; null where there is enough.</summary>
    public string? ReasonToEnd(Spending call) =>
        Volatile.Read(ref _refusal) ?? (HasAny ? FindExceeded(options.SpentBefore + meter.Spent, default, call, KeptForLastTurn + KeptByOuter) : null);

    /// <summary>
    /// Reserves what a call may spend; where calls in flight hold what it needs, it waits for them. Null where there is no limit.
    /// </summary>
    /// <param name="inputTokens">Tokens of the prompt.</param>
    /// <param name="replyTokens">The longest reply that is wanted; the reservation may allow a shorter one.</param>
    /// <param name="price">What the tokens cost; null where nobody knows.</param>
    /// <param name="isSubCall">Whether what is kept back is left alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LimitReachedException">Not even a short reply is left.</exception>
    public async ValueTask<Spending?> ReserveAsync(
        long inputTokens, long replyTokens, TokenPrice? price, bool isSubCall, CancellationToken cancellationToken)
    {
        if (!HasAny)
            return null;

        var (reserved, refusal) = await ReserveAsync(
            inputTokens, Math.Min(replyTokens, LeastReplyTokens), replyTokens, price, isSubCall, cancellationToken).ConfigureAwait(false);
        return reserved ?? throw (isSubCall ? RefuseCalls(refusal!) : new LimitReachedException(refusal!));
    }

    /// <summary>
    /// Reserves another attempt at a call, just as the first one was, once that is settled; null where the limits leave too little.
    /// </summary>
    public async ValueTask<Spending?> TryReserveAgainAsync(
        long inputTokens, long replyTokens, TokenPrice? price, bool isSubCall, CancellationToken cancellationToken) =>
        (await ReserveAsync(inputTokens, replyTokens, replyTokens, price, isSubCall, cancellationToken).ConfigureAwait(false)).Reserved;

    private async ValueTask<(Spending? Reserved, string? Refusal)> ReserveAsync(
        long inputTokens, long leastReplyTokens, long replyTokens, TokenPrice? price, bool isSubCall, CancellationToken cancellationToken)
    {
        var kept = isSubCall ? KeptForLastTurn + KeptByOuter : KeptByOuter;
        while (true)
        {
            var settled = meter.Settled;
            string? refusal = null;
            var reserved = meter.TryReserve((spentHere, inFlight, calls) =>
            {
                var spent = options.SpentBefore + spentHere;
                // A call that is alone takes a shorter reply rather than none; one that is not waits.
                var taken = spent + inFlight + kept;
                long reply = calls > 0 ? replyTokens : Math.Clamp(LongestReply(taken, inputTokens, price), leastReplyTokens, replyTokens);
                var asked = Spending.Of(inputTokens, reply, price);
                string? exceeded = FindExceeded(spent, inFlight, asked, kept);
                refusal = calls > 0 ? null : exceeded;
                return exceeded is null ? asked : null;
            });
            if (reserved is not null || refusal is not null)
                return (reserved, refusal);

            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A reply that was allowed fewer tokens than wanted has used them up.</summary>
    /// <param name="replyTokens">The tokens that it was allowed.</param>
    public LimitReachedException RefuseShort(long replyTokens)
    {
        string[] set =
        [
            .. options.MaxTokens is null ? Array.Empty<string>() : [options.NameOf(nameof(RlmOptions.MaxTokens))],
            .. options.MaxOutputTokens is null ? Array.Empty<string>() : [options.NameOf(nameof(RlmOptions.MaxOutputTokens))],
            .. options.MaxCostUsd is null ? Array.Empty<string>() : [options.NameOf(nameof(RlmOptions.MaxCostUsd))],
        ];
        string reason = Invariant($"a reply was cut off at the {replyTokens:N0} tokens that the limits left it ({string.Join(", ", set)})");
        return RefuseCalls(reason);
    }

    /// <summary>A sub-call is refused for that reason, and so will be the next.</summary>
    public LimitReachedException RefuseCalls(string reason)
    {
        Volatile.Write(ref _refusal, reason);
        return new LimitReachedException(reason);
    }

    private long LongestReply(Spending taken, long input, TokenPrice? price)
    {
        long longest = long.MaxValue;
        if (options.MaxTokens is { } tokens)
            longest = Math.Min(longest, tokens - taken.Tokens - input);
        if (options.MaxOutputTokens is { } output)
            longest = Math.Min(longest, output - taken.OutputTokens);
        if (options.MaxCostUsd is { } usd && price?.ForPrompt(input) is { OutputUsd: > 0 } ofCall)
            longest = Math.Min(
                longest, (long)Math.Min(int.MaxValue, (usd - taken.CostUsd - ofCall.OfSum(input, 0)) * 1_000_000m / ofCall.OutputUsd));
        return longest;
    }

    /// <summary>Which limit would be passed, in one line; null for none.</summary>
    private string? FindExceeded(Spending spent, Spending inFlight, Spending asked, Spending kept)
    {
        var total = spent + inFlight + asked + kept;
        return Over("tokens", nameof(RlmOptions.MaxTokens), options.MaxTokens, total.Tokens, spent.Tokens, asked.Tokens)
            ?? Over(
                "input tokens", nameof(RlmOptions.MaxInputTokens), options.MaxInputTokens, total.InputTokens, spent.InputTokens, asked.InputTokens)
            ?? Over(
                "output tokens", nameof(RlmOptions.MaxOutputTokens), options.MaxOutputTokens, total.OutputTokens, spent.OutputTokens,
                asked.OutputTokens)
            ?? (options.MaxCostUsd is { } usd && total.CostUsd > usd
                ? Invariant(
                    $"the money ran out ({spent.CostUsd:0.####} of {usd:0.####} US dollars are used, and the next call may take {asked.CostUsd:0.####}, {options.NameOf(nameof(RlmOptions.MaxCostUsd))})")
                : null);
    }

    private string? Over(
        string what, string option, long? limit, long total, long spent, long next) => limit is { } most && total > most
        ? Invariant($"the {what} ran out ({spent:N0} of {most:N0} are used, and the next call may take {next:N0}, {options.NameOf(option)})")
        : null;
}
