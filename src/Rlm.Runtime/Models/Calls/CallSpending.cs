using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Models.Calls;

/// <summary>
/// What one call spends, attempt by attempt: each is reserved before it is made and counted when it is over. One that gave nothing
/// of use counts as what it was charged, where the provider said so, else as the most that it may have been: its prompt, and the
/// longest reply that was allowed.
/// </summary>
internal sealed class CallSpending(RunContext run, ModelCaller caller, ModelCall call)
{
    private const string UnderReported =
        "the endpoint reports less than half of the tokens that its prompts and replies must have; the limits count what is estimated";

    /// <summary>A server that counts fewer tokens of a prompt has no idea of them: no window is as small.</summary>
    private const int LeastWindowTokens = 1_000;

    private Spending? _reserved;
    private long _inputTokens = -1;

    /// <summary>About how many tokens the prompt has.</summary>
    public long InputTokens => _inputTokens >= 0 ? _inputTokens : _inputTokens = caller.TokensOf(call.Messages, call.Format);

    /// <summary>The longest reply that the limits allow, in tokens.</summary>
    public int ReplyTokens { get; private set; }

    /// <summary>The tokens of attempts that gave no reply, added up; null where there was none.</summary>
    public TokenCounts? Wasted { get; private set; }

    /// <summary>US dollars of all attempts; null where nobody knows the price, or there was none.</summary>
    public decimal? CostUsd { get; private set; }

    /// <summary>Reserves the first attempt.</summary>
    /// <exception cref="LimitReachedException">Not even a short reply is left.</exception>
    public async ValueTask ReserveAsync(int replyTokens, CancellationToken cancellationToken)
    {
        if (run.Limits.HasAny)
            _reserved = await run.Limits.ReserveAsync(InputTokens, replyTokens, caller.Price, call.IsSubCall, cancellationToken)
                .ConfigureAwait(false);
        ReplyTokens = (int)(_reserved?.OutputTokens ?? replyTokens);
    }

    /// <summary>Waits until the pace allows the attempt that is reserved.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken) =>
        run.Pace.WaitAsync(run.Pace.IsLimited ? InputTokens : 0, cancellationToken);

    /// <summary>Counts an attempt that failed, and reserves the next one.</summary>
    /// <returns>Whether the limits leave enough for it.</returns>
    public async ValueTask<bool> TryGoOnAsync(ModelException failure, CancellationToken cancellationToken)
    {
        if (!failure.MayBeCharged)
            return true;

        Waste(failure);
        End();
        if (run.Limits.HasAny)
            _reserved = await run.Limits.TryReserveAgainAsync(InputTokens, ReplyTokens, caller.Price, call.IsSubCall, cancellationToken)
                .ConfigureAwait(false);
        return _reserved is not null || !run.Limits.HasAny;
    }

    /// <summary>Counts an attempt that failed, where it may have been charged.</summary>
    public void Waste(ModelException failure)
    {
        if (failure.MayBeCharged)
            Waste(failure.Usage);
    }

    /// <summary>Counts an attempt that gave no reply.</summary>
    /// <param name="told">The tokens that the provider says it charges; null where it said nothing.</param>
    public void Waste(UsageDetails? told)
    {
        var charged = ReadCounts(told, told?.OutputTokenCount ?? ReplyTokens);
        Count(charged);
        if (told is not { InputTokenCount: not null, OutputTokenCount: not null })
            run.CountUntold(charged.Total);
        CountPace(charged);
        Wasted = (Wasted ?? default) + charged;
    }

    /// <summary>Counts the response, and makes a reply of it.</summary>
    /// <param name="response">The response.</param>
    /// <param name="format">What the client held it to; null for nothing.</param>
    public ModelReply Spend(ChatResponse response, ReplyFormat? format)
    {
        string text = response.Text;
        long outputTokens = CheckCount(response.Usage?.OutputTokenCount, () => (long)(TokenEstimate.OfText(text) * caller.TokenFactor));
        var reply = new ModelReply(format?.Open(text) ?? text, ReadCounts(response.Usage, outputTokens))
        {
            IsCut = response.FinishReason == ChatFinishReason.Length,
            IsRefused = response.FinishReason == ChatFinishReason.ContentFilter,
            IsPromptCut = response.Usage?.InputTokenCount is { } told and >= LeastWindowTokens && told < InputTokens / 2,
        };
        Count(reply.Tokens);
        CountPace(reply.Tokens);
        return reply;
    }

    /// <summary>Gives back what is reserved.</summary>
    public void End()
    {
        if (_reserved is { } reserved)
            run.Meter.Settle(reserved);
        _reserved = null;
    }

    private void Count(TokenCounts charged)
    {
        run.Meter.Add(charged, caller.Price);
        if (caller.Price?.Of(charged.Input, charged.Output, charged.CachedInput, charged.CacheWrite) is { } cost)
            CostUsd = (CostUsd ?? 0) + cost;
    }

    private TokenCounts ReadCounts(UsageDetails? told, long outputTokens) => new(
        CheckCount(told?.InputTokenCount, () => InputTokens),
        outputTokens,
        told?.CachedInputTokenCount ?? 0,
        told?.AdditionalCounts?.GetValueOrDefault(ModelReply.CacheWrites) ?? 0);

    /// <summary>A count that the provider told; where it told none, or under a limit one that is far too small, the estimate.</summary>
    private long CheckCount(long? told, Func<long> estimate)
    {
        if (told is { } count && (!run.Limits.HasAny || count >= estimate() / 2))
            return count;
        if (told is not null)
            run.NoteOnce(UnderReported);
        return estimate();
    }

    /// <summary>The pace has waited for the prompt already.</summary>
    private void CountPace(TokenCounts charged)
    {
        if (run.Pace.IsLimited)
            run.Pace.Count(charged.Total - InputTokens);
    }
}
