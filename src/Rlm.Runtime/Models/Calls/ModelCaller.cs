using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Telemetry;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Models.Calls;

/// <summary>
/// Makes single calls: counts their tokens, writes them down, and takes replies that the run or its journal has already.
/// The caller reserves the call before.
/// </summary>
/// <param name="client">The model.</param>
/// <param name="run">The run.</param>
/// <param name="model">What the options call the model.</param>
/// <param name="writesPrograms">Whether it is asked as a root.</param>
internal sealed class ModelCaller(IChatClient client, RunContext run, string model, bool writesPrograms = false)
{
    /// <summary>What a run calls the model that writes its programs.</summary>
    public const string Root = "root";

    /// <summary>What it calls the one of sub-calls that name none.</summary>
    public const string Sub = "sub";

    private const int MaxRefusalChars = 200;
    private const string Stopped = "the run was stopped before the reply had come";

    /// <summary>What the run calls the model; two models never share a reply, nor do roots of two levels.</summary>
    private readonly string _name = writesPrograms && run.Depth > 0 ? Invariant($"{model}/{run.Depth}") : model;
    private readonly ChatOptions? _settings = SettingsOf(model, run.Options);
    private readonly Func<IReadOnlyList<ChatMessage>, IReadOnlyList<ChatMessage>>? _onPrompt =
        writesPrograms ? run.Options.OnRootPrompt : run.Options.OnSubPrompt;
    private readonly ChatClientMetadata? _metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;

    public ChatClientTraits Traits { get; } = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();

    /// <summary>The longest reply that is asked for, in tokens; a small window is not spent on the reply.</summary>
    public int MaxReplyTokens => Math.Max(
        1, Math.Min(Math.Min(Traits.MaxOutputTokens, Traits.WindowTokens / 4), _settings?.MaxOutputTokens ?? int.MaxValue));

    /// <summary>How many of the model's tokens stand for an estimated one.</summary>
    public double TokenFactor => field > 0 ? field : field = TokenEstimate.FactorOf(ModelId);

    /// <summary>What the model's tokens cost; null when nobody knows.</summary>
    public TokenPrice? Price => run.Options.PriceOf(ModelId);

    private string? ModelId => _settings?.ModelId ?? _metadata?.DefaultModelId;

    /// <summary>The model's reply.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="isShared">Whether an identical call that was made already is enough.</param>
    /// <param name="charge">Called when the reserved call is used, which is not so for one that is shared.</param>
    /// <param name="cancellationToken">Cancels the call in flight.</param>
    /// <param name="maxReplyTokens">The longest reply; null for <see cref="MaxReplyTokens"/>.</param>
    /// <param name="sample">Tells apart replies to the same prompt.</param>
    /// <param name="format">What the client may hold the reply to, which the prompt says, too; null for nothing.</param>
    /// <param name="grammar">The grammar that the client may hold it to; null for none.</param>
    /// <exception cref="ModelException">The model failed.</exception>
    /// <exception cref="LimitReachedException">Tokens or money have run out.</exception>
    public Task<ModelReply> CallAsync(
        IReadOnlyList<ChatMessage> messages, bool isShared, Action charge, CancellationToken cancellationToken, int? maxReplyTokens = null,
        int sample = 0, ReplyFormat? format = null, ReplyGrammar? grammar = null)
    {
        messages = Prepare(messages);
        var call = new ModelCall(
            KeyOfPrepared(messages, maxReplyTokens, sample), messages, maxReplyTokens ?? MaxReplyTokens, IsSubCall: !writesPrograms, charge)
        { Format = Traits.KeepsToSchema ? format : null, Grammar = grammar };
        return isShared ? ShareAsync(call, cancellationToken) : MakeAsync(call, cancellationToken);
    }

    /// <summary>The reply of the one call with this key, whoever makes it.</summary>
    private async Task<ModelReply> ShareAsync(ModelCall call, CancellationToken cancellationToken)
    {
        if (run.Replies.Begin(call.Key) is { } begun)
            return await begun.WaitAsync(cancellationToken).ConfigureAwait(false);

        using var untilOver = run.Deadline.Over.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Deadline.Over)
            : null;
        try
        {
            var reply = RequireAnswer(await MakeAsync(call, untilOver?.Token ?? cancellationToken).ConfigureAwait(false));
            run.Replies.End(call.Key, reply);
            return reply;
        }
        catch (OperationCanceledException) when (run.Deadline.IsOver)
        {
            var ended = WriteRefusal(call, run.Limits.RefuseCalls(run.Deadline.Reason), null);
            run.Replies.Fail(call.Key, ended);
            throw ended;
        }
        catch (Exception exception)
        {
            run.Replies.Fail(call.Key, exception);
            throw;
        }
    }

    private Task<ModelReply> MakeAsync(ModelCall call, CancellationToken cancellationToken)
    {
        if (run.Replies.FindJournaled(call.Key) is { } held)
            return Task.FromResult(TakeHeld(held, call));

        cancellationToken.ThrowIfCancellationRequested();
        var trace = new CallTrace(run, call.Key, new CallSpending(run, this, call), isCounted: call.IsSubCall || run.Depth > 0);
        return run.Places is { } places ? MakeInPlaceAsync(places, call, trace, cancellationToken)
            : run.Parallelism is { } parallelism && (call.IsSubCall || run.Depth > 0) ? MakeAtATimeAsync(parallelism, call, trace, cancellationToken)
            : SpendAsync(call, trace, cancellationToken);
    }

    /// <summary>Makes the call when there is a place for it among those of all roots.</summary>
    private async Task<ModelReply> MakeInPlaceAsync(SemaphoreSlim places, ModelCall call, CallTrace trace, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SpendAsync(call, trace, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Makes the call when there is a place for it among those at a time.</summary>
    private async Task<ModelReply> MakeAtATimeAsync(
        AdaptiveParallelism parallelism, ModelCall call, CallTrace trace, CancellationToken cancellationToken)
    {
        await parallelism.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SpendAsync(call, trace, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            parallelism.Leave(trace.Time, trace.IsRefused);
        }
    }

    /// <summary>Makes the call within the limits of tokens, money and pace, and writes it down.</summary>
    private async Task<ModelReply> SpendAsync(ModelCall call, CallTrace trace, CancellationToken cancellationToken)
    {
        await ReserveAsync(call, trace.Spending, cancellationToken).ConfigureAwait(false);
        try
        {
            await trace.Spending.WaitAsync(cancellationToken).ConfigureAwait(false);
            call.Charge();
            var started = run.Elapsed;
            using var traced = TracedOperation.BeginChat(_metadata, _name, trace.Spending.ReplyTokens);
            ChatResponse response;
            try
            {
                if (run.Options.PromptEvents)
                    run.Emit(new PromptSent { At = run.Elapsed, Model = _name, Messages = [.. call.Messages] });
                trace.Begin();
                response = await AskAsync(call, trace, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
            {
                traced?.Fail(exception.GetType().FullName, Stopped);
                var stop = WriteStop(exception, call, trace, started);
                if (stop == exception)
                    throw;
                throw stop;
            }
            catch (LimitReachedException exception)
            {
                var refusal = WriteRefusal(call, exception, trace.Spending.Wasted, trace.Spending.CostUsd);
                trace.TellOver(isWritten: true);
                traced?.Fail(nameof(RlmOutcome.LimitReached), refusal.Message);
                throw;
            }
            catch (Exception exception)
            {
                var failure = CountFailure(exception, call, trace, started);
                traced?.Fail(failure.Failure.ToString(), failure.Message);
                if (failure == exception)
                    throw;
                throw failure;
            }

            traced?.Complete(response);
            return CountReply(response, call, trace, started);
        }
        finally
        {
            trace.TellOver(isWritten: false);
            trace.Spending.End();
        }
    }

    /// <summary>The model's response, which is asked for once more without a schema or grammar that the client may not take.</summary>
    private async Task<ChatResponse> AskAsync(ModelCall call, CallTrace trace, CancellationToken cancellationToken)
    {
        var options = OptionsOf(trace.Spending.ReplyTokens);
        if (call.Constraint is not { } constraint || FormatSupport.IsRefused(client, constraint))
        {
            if (call.Constraint is not null)
                NoteRefused(call.Constraint);
            return await client.GetResponseAsync(call.Messages, options, cancellationToken).ConfigureAwait(false);
        }

        var formatted = options.Clone();
        constraint.AddTo(formatted);
        try
        {
            var response = await client.GetResponseAsync(call.Messages, formatted, cancellationToken).ConfigureAwait(false);
            trace.Format = call.Format;
            FormatSupport.SetTaken(client);
            return response;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not LimitReachedException && FormatSupport.MayCause(CallFailure.Of(exception)))
        {
            var time = run.Options.TimeProvider;
            if (!await CallTrace.RetryAsync(CallFailure.Of(exception), TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false))
                throw;
            CallTrace.Tell(isInFlight: true);
            var response = await client.GetResponseAsync(call.Messages, options, cancellationToken).ConfigureAwait(false);
            FormatSupport.SetRefused(client, constraint);
            NoteRefused(constraint);
            return response;
        }
    }

    private void NoteRefused(IReplyConstraint constraint) => run.NoteOnce(
        $"the model `{ModelId ?? _name}` does not take {constraint.Kind} for its replies; it is asked without, and they are checked all the same");

    /// <summary>Writes down that a limit left nothing for the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="refusal">What is said of it.</param>
    /// <param name="charged">The tokens of one that was made and that the limit cut off; null for one that was not made.</param>
    /// <param name="costUsd">What these cost; null where nobody knows.</param>
    private LimitReachedException WriteRefusal(ModelCall call, LimitReachedException refusal, TokenCounts? charged, decimal? costUsd = null)
    {
        run.Write(new RefusedCall(call.Key.ToString(), run.Elapsed, refusal.Message)
        {
            Model = _name,
            Charged = charged,
            CostUsd = costUsd,
            Messages = charged is null ? null : call.Messages,
        });
        return refusal;
    }

    /// <summary>Reserves what the call may spend, and writes a refusal down.</summary>
    private async ValueTask ReserveAsync(ModelCall call, CallSpending spending, CancellationToken cancellationToken)
    {
        try
        {
            await spending.ReserveAsync(call.MaxReplyTokens, cancellationToken).ConfigureAwait(false);
        }
        catch (LimitReachedException exception)
        {
            WriteRefusal(call, exception, null);
            throw;
        }
    }

    /// <summary>
    /// Counts what a call was charged that was stopped before its reply had come, and writes it down: the end of the run's time is
    /// a limit, which a replay reaches again.
    /// </summary>
    private Exception WriteStop(OperationCanceledException exception, ModelCall call, CallTrace trace, TimeSpan started)
    {
        if (trace.IsInFlight)
            trace.Spending.Waste((UsageDetails?)null);
        var charged = trace.Spending.Wasted ?? default;
        if (run.Deadline.IsOver)
            return WriteRefusal(call, run.Limits.RefuseCalls(run.Deadline.Reason), charged, trace.Spending.CostUsd);

        WriteFailure(new ModelException(ModelFailure.Disconnected, Stopped), call, charged, trace.Spending.CostUsd, started);
        return exception;
    }

    /// <summary>
    /// Counts what a failure was charged, and writes it down. A client of a host's own may throw anything; it all means that this call
    /// failed.
    /// </summary>
    private ModelException CountFailure(Exception exception, ModelCall call, CallTrace trace, TimeSpan started)
    {
        var failure = CallFailure.Of(exception);
        // One that was not made again, since the limits left too little, is counted already.
        if (trace.IsInFlight)
            trace.Spending.Waste(failure);
        trace.Fail(failure);
        WriteFailure(failure, call, trace.Spending.Wasted, trace.Spending.CostUsd, started);
        trace.TellOver(isWritten: true);
        return failure;
    }

    private void WriteFailure(ModelException failure, ModelCall call, TokenCounts? charged, decimal? costUsd, TimeSpan started) =>
        run.Write(new FailedCall(call.Key.ToString(), started, _name, failure.Failure, failure.Message)
        {
            Attempts = failure.Attempts,
            Charged = charged,
            CostUsd = costUsd,
            Messages = call.Messages,
            Took = run.Elapsed - started,
        });

    /// <summary>Counts a reply and writes it down.</summary>
    /// <exception cref="LimitReachedException">It was allowed fewer tokens than wanted, and has used them up.</exception>
    private ModelReply CountReply(ChatResponse response, ModelCall call, CallTrace trace, TimeSpan started)
    {
        trace.Time = run.Elapsed - started;
        var reply = trace.Spending.Spend(response, trace.Format);
        run.CountPrompt(reply);
        bool isShort = trace.Spending.ReplyTokens < call.MaxReplyTokens;
        var ranOut = isShort && reply.IsCut ? run.Limits.RefuseShort(trace.Spending.ReplyTokens) : null;
        var charged = reply with { Tokens = reply.Tokens + (trace.Spending.Wasted ?? default) };
        run.Write(new RepliedCall(call.Key.ToString(), started, _name, charged)
        {
            Limit = ranOut?.Message,
            CostUsd = trace.Spending.CostUsd,
            Messages = call.Messages,
            Took = run.Elapsed - started,
        });
        trace.TellOver(isWritten: true);
        return ranOut is null ? reply : throw ranOut;
    }

    /// <summary>
    /// The reply of a sub-call, unless it is a refusal: that answers no item. A root is told what it said, and may go on.
    /// </summary>
    private static ModelReply RequireAnswer(ModelReply reply) => reply.IsRefused
        ? throw new ModelException(ModelFailure.Refused, string.IsNullOrWhiteSpace(reply.Text)
            ? "the model refused and did not say why"
            : $"the model refused: {Preview.Of(reply.Text.ReplaceLineEndings(" "), MaxRefusalChars)}")
        : reply;

    /// <summary>About how many tokens a prompt has, with what the reply is held to.</summary>
    public long TokensOf(IReadOnlyList<ChatMessage> messages, ReplyFormat? format = null) =>
        (long)((messages.Sum(message => TokenEstimate.OfText(message.Text)) + TokensOf(format)) * TokenFactor);

    /// <summary>About how many tokens a format adds to a prompt, by estimate; none where the client is not given it.</summary>
    public long TokensOf(ReplyFormat? format) => Traits.KeepsToSchema && format is not null ? format.Tokens : 0;

    /// <summary>Takes what a journal holds: free where an earlier run paid for it, and counted where that run itself is replayed.</summary>
    private ModelReply TakeHeld(HeldReply held, ModelCall call)
    {
        // One that was refused before it was made is not a call in a replay either.
        if (held.IsCounted && (held.Reply is not null || held.Charged is not null || held.Limit is null))
        {
            call.Charge();
            if ((held.Reply?.Tokens ?? held.Charged) is { } charged)
                run.Meter.Add(charged, Price);
        }
        else if (held.Reply is not null)
        {
            run.Meter.AddHeld();
        }

        if (held.Limit is { } limit)
            throw run.Limits.RefuseCalls(limit);
        if (held.Reply is not null)
            run.CountPrompt(held.Reply);
        return held.Reply ?? throw new ModelException(held.Failure, held.Message!);
    }

    /// <summary>What the call is known by.</summary>
    public CallKey KeyOf(IReadOnlyList<ChatMessage> messages, int? maxReplyTokens, int sample = 0) =>
        KeyOfPrepared(Prepare(messages), maxReplyTokens, sample);

    /// <summary>The messages as the host wants them to be sent.</summary>
    private IReadOnlyList<ChatMessage> Prepare(IReadOnlyList<ChatMessage> messages) => _onPrompt is null ? messages
        : _onPrompt(messages) ?? throw new InvalidOperationException("A host that sees prompts gave no messages.");

    private CallKey KeyOfPrepared(IReadOnlyList<ChatMessage> messages, int? maxReplyTokens, int sample) =>
        CallKey.Of(_name, _metadata, messages, OptionsOf(maxReplyTokens ?? MaxReplyTokens), sample);

    private static ChatOptions? SettingsOf(string name, RlmOptions options)
    {
        if (name is Root or Sub)
            return name == Root ? options.RootChatOptions : options.SubChatOptions;
        if (options.ModelChatOptions.TryGetValue(name, out var own) || options.SubChatOptions is not { ModelId: not null } shared)
            return own ?? options.SubChatOptions;

        // A client that has a name of its own is asked for its own model.
        var settings = shared.Clone();
        settings.ModelId = null;
        return settings;
    }

    private ChatOptions OptionsOf(int replyTokens)
    {
        var options = _settings?.Clone() ?? new ChatOptions();
        options.MaxOutputTokens = replyTokens;
        return options;
    }
}
