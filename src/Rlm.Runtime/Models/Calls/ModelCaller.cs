using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Models.Calls;

/// <summary>Makes single calls: counts their tokens, writes them down, and takes replies that the run or its journal has already. The caller reserves the call before.</summary>
/// <param name="client">The model.</param>
/// <param name="run">The run.</param>
/// <param name="name">What the run calls the model; two models never share a reply.</param>
internal sealed class ModelCaller(IChatClient client, RunContext run, string name)
{
    private const int MaxRefusalChars = 200;
    private readonly ChatClientMetadata? _metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;

    public ChatClientTraits Traits { get; } = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();

    /// <summary>The longest reply that is asked for, in tokens; a small window is not spent on the reply.</summary>
    public int MaxReplyTokens => Math.Max(1, Math.Min(Traits.MaxOutputTokens, Traits.WindowTokens / 4));

    /// <summary>How many of the model's tokens stand for an estimated one.</summary>
    public double TokenFactor => field > 0 ? field : field = TokenEstimate.FactorOf(_metadata?.DefaultModelId);

    /// <summary>What the model's tokens cost; null when nobody knows.</summary>
    public TokenPrice? Price => run.Options.PriceOf(_metadata?.DefaultModelId);

    /// <summary>The model's reply.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="isShared">Whether an identical call that was made already is enough.</param>
    /// <param name="charge">Called when the reserved call is used, which is not so for one that is shared.</param>
    /// <param name="cancellationToken">Cancels the call in flight.</param>
    /// <param name="maxReplyTokens">The longest reply; null for <see cref="MaxReplyTokens"/>.</param>
    /// <param name="sample">Tells apart replies to the same prompt.</param>
    /// <exception cref="ModelException">The model failed.</exception>
    /// <exception cref="LimitReachedException">Tokens or money have run out.</exception>
    public Task<ModelReply> CallAsync(
        IReadOnlyList<ChatMessage> messages, bool isShared, Action charge, CancellationToken cancellationToken, int? maxReplyTokens = null, int sample = 0)
    {
        var key = KeyOf(messages, maxReplyTokens, sample);
        int replyTokens = maxReplyTokens ?? MaxReplyTokens;
        return isShared
            ? ShareAsync(key, messages, charge, replyTokens, cancellationToken)
            : MakeAsync(key, messages, false, charge, replyTokens, cancellationToken);
    }

    /// <summary>The reply of the one call with this key, whoever makes it.</summary>
    private async Task<ModelReply> ShareAsync(CallKey key, IReadOnlyList<ChatMessage> messages, Action charge, int replyTokens, CancellationToken cancellationToken)
    {
        if (run.Replies.Begin(key) is { } begun)
            return await begun.ConfigureAwait(false);

        using var untilOver = run.Deadline.Over.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Deadline.Over) : null;
        try
        {
            var reply = Answered(await MakeAsync(key, messages, true, charge, replyTokens, untilOver?.Token ?? cancellationToken).ConfigureAwait(false));
            run.Replies.End(key, reply);
            return reply;
        }
        catch (OperationCanceledException) when (run.Deadline.IsOver)
        {
            var ended = Refused(key, run.Limits.Reached(run.Deadline.Reason));
            run.Replies.Fail(key, ended);
            throw ended;
        }
        catch (Exception exception)
        {
            run.Replies.Fail(key, exception);
            throw;
        }
    }

    private Task<ModelReply> MakeAsync(CallKey key, IReadOnlyList<ChatMessage> messages, bool isSubCall, Action charge, int replyTokens, CancellationToken cancellationToken)
    {
        if (run.Replies.FindJournaled(key) is { } held)
            return Task.FromResult(Taken(held, charge));

        cancellationToken.ThrowIfCancellationRequested();
        var call = new CallTrace(run, key, new CallSpending(run, this, messages, isSubCall));
        return isSubCall && run.Parallelism is { } parallelism
            ? MakeAtATimeAsync(parallelism, key, messages, call, charge, replyTokens, cancellationToken)
            : SpendAsync(key, messages, call, charge, replyTokens, cancellationToken);
    }

    /// <summary>Makes the call when there is a place for it among those at a time.</summary>
    private async Task<ModelReply> MakeAtATimeAsync(
        AdaptiveParallelism parallelism, CallKey key, IReadOnlyList<ChatMessage> messages, CallTrace call, Action charge, int replyTokens, CancellationToken cancellationToken)
    {
        await parallelism.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SpendAsync(key, messages, call, charge, replyTokens, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            parallelism.Leave(call.Time, call.IsRefused);
        }
    }

    /// <summary>Makes the call within the limits of tokens, money and pace, and writes it down.</summary>
    private async Task<ModelReply> SpendAsync(
        CallKey key, IReadOnlyList<ChatMessage> messages, CallTrace call, Action charge, int replyTokens, CancellationToken cancellationToken)
    {
        await ReserveAsync(key, call.Spending, replyTokens, cancellationToken).ConfigureAwait(false);
        try
        {
            await call.Spending.WaitAsync(cancellationToken).ConfigureAwait(false);
            charge();
            var started = run.Elapsed;
            ChatResponse response;
            try
            {
                call.Begin();
                response = await client.GetResponseAsync(messages, OptionsOf(call.Spending.ReplyTokens), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                if (call.IsInFlight)
                    call.Spending.Waste((UsageDetails?)null);
                throw;
            }
            catch (Exception exception)
            {
                var failure = Failed(exception, key, call, started);
                if (failure == exception)
                    throw;
                throw failure;
            }

            return Count(response, key, call, isShort: call.Spending.ReplyTokens < replyTokens, started);
        }
        finally
        {
            call.Spending.End();
        }
    }

    /// <summary>Writes down that a limit left nothing for the call.</summary>
    private LimitReachedException Refused(CallKey key, LimitReachedException refusal)
    {
        run.Options.Journal?.WriteRefused(key.ToString(), refusal.Message, run.Elapsed);
        return refusal;
    }

    /// <summary>Reserves what the call may spend, and writes a refusal down.</summary>
    private async ValueTask ReserveAsync(CallKey key, CallSpending spending, int replyTokens, CancellationToken cancellationToken)
    {
        try
        {
            await spending.ReserveAsync(replyTokens, cancellationToken).ConfigureAwait(false);
        }
        catch (LimitReachedException exception)
        {
            Refused(key, exception);
            throw;
        }
    }

    /// <summary>Counts what a failure was charged, and writes it down. A client of a host's own may throw anything; it all means that this call failed.</summary>
    private ModelException Failed(Exception exception, CallKey key, CallTrace call, TimeSpan started)
    {
        var failure = exception as ModelException
            ?? new ModelException(FailureOf(exception), $"the model's client failed: {KnownKeys.RedactParts(exception.Message.ReplaceLineEndings(" "))}", exception);
        // One that was not made again, since the limits left too little, is counted already.
        if (call.IsInFlight)
            call.Spending.Waste(failure);
        call.Failed(failure);
        run.Options.Journal?.WriteFailed(key.ToString(), name, failure, call.Spending.Wasted, started, run.Elapsed - started);
        return failure;
    }

    /// <summary>Counts a reply and writes it down.</summary>
    /// <exception cref="LimitReachedException">It was allowed fewer tokens than wanted, and has used them up.</exception>
    private ModelReply Count(ChatResponse response, CallKey key, CallTrace call, bool isShort, TimeSpan started)
    {
        call.Time = run.Elapsed - started;
        var reply = call.Spending.Spend(response);
        var ranOut = isShort && reply.IsCut ? run.Limits.RanOut(call.Spending.ReplyTokens) : null;
        var charged = call.Spending.Wasted is { } wasted ? reply.Plus(wasted) : reply;
        run.Options.Journal?.Write(key.ToString(), name, charged, ranOut?.Message, started, run.Elapsed - started);
        return ranOut is null ? reply : throw ranOut;
    }

    /// <summary>The reply of a sub-call, unless it is a refusal: that answers no item. A root is told what it said, and may go on.</summary>
    private static ModelReply Answered(ModelReply reply) => reply.IsRefused
        ? throw new ModelException(ModelFailure.Refused, string.IsNullOrWhiteSpace(reply.Text)
            ? "the model refused and did not say why"
            : $"the model refused: {Preview.Of(reply.Text.ReplaceLineEndings(" "), MaxRefusalChars)}")
        : reply;

    /// <summary>About how many tokens a prompt has.</summary>
    public long TokensOf(IReadOnlyList<ChatMessage> messages) => (long)(messages.Sum(message => TokenEstimate.OfText(message.Text)) * TokenFactor);

    /// <summary>What a journal holds: free where an earlier run paid for it, and counted where that run itself is replayed.</summary>
    private ModelReply Taken(HeldReply held, Action charge)
    {
        if (held is { Reply: null, Limit: { } limit })
            throw run.Limits.Reached(limit);

        if (held.IsCounted)
        {
            charge();
            if ((held.Reply ?? held.Charged) is { } charged)
                run.Meter.Add(charged, Price);
        }
        else
        {
            run.Meter.AddHeld();
        }

        if (held.Limit is { } shortened)
            throw run.Limits.Reached(shortened);
        return held.Reply ?? throw new ModelException(held.Failure, held.Message!);
    }

    private static ModelFailure FailureOf(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => ModelFailure.Timeout,
        JsonException => ModelFailure.MalformedReply,
        IOException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } => ModelFailure.Disconnected,
        HttpRequestException { StatusCode: null } => ModelFailure.Unreachable,
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => ModelFailure.Unauthorized,
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } => ModelFailure.NotFound,
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => ModelFailure.RateLimited,
        _ => ModelFailure.ServerError,
    };

    /// <summary>What the call is known by.</summary>
    public CallKey KeyOf(IReadOnlyList<ChatMessage> messages, int? maxReplyTokens, int sample = 0) =>
        CallKey.Of(name, _metadata, messages, OptionsOf(maxReplyTokens ?? MaxReplyTokens), sample);

    private static ChatOptions OptionsOf(int replyTokens) => new() { MaxOutputTokens = replyTokens };
}
