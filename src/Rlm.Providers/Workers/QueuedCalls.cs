using System.Net;
using Rlm.Providers.Wire;
using Rlm.Providers.Workers;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;

namespace Rlm;

/// <summary>
/// Sends the calls of a run to the workers of a queue instead of an address. Budget, retries, pauses, rates, order and journal stay with the
/// run; keys and addresses are the workers' own.
/// </summary>
/// <remarks>
/// It stands where chat clients take what they send with: <c>ModelEndpoint.ForWorkers("gpt-5-mini").CreateClient(queued)</c>. A call whose
/// worker fell silent is made again only when the run's limits leave one more call for it; else it fails as one over the limit.
/// </remarks>
public sealed class QueuedCalls : HttpMessageInvoker, ICallSender
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>From one look at whether the queue has what it was given to the next.</summary>
    private static readonly TimeSpan UntilStanding = TimeSpan.FromSeconds(10);

    /// <summary>From one round to the next, so that calls go to and fro together; the spare ones in the queue keep workers busy meanwhile.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan MostForClosing = TimeSpan.FromSeconds(5);

    private readonly ICallQueue _queue;
    private readonly Action<string> _tell;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Signal _signal;
    private Task<PostedCalls>? _started;
    private Task? _loop;
    private CallQueueException? _refused;
    private string _absence = "";
    private long? _answersAgainSince;
    private long _askedStandingAt;

    /// <param name="queue">The queue; stays the caller's to dispose.</param>
    /// <param name="tell">Takes lines on workers that are missing and a queue that does not answer; null for nobody.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public QueuedCalls(ICallQueue queue, Action<string>? tell = null, TimeProvider? timeProvider = null)
        : base(new NoHandler())
    {
        ArgumentNullException.ThrowIfNull(queue);
        (_queue, _tell, _time) = (queue, tell ?? (_ => { }), timeProvider ?? TimeProvider.System);
        _signal = new(_time);
        _queue.Changed += _signal.Set;
        _askedStandingAt = _time.GetTimestamp();
    }

    /// <summary>What the queue calls the run. A run that goes on from a journal says what it was called before, and finds what waits.</summary>
    /// <remarks>Set before the first call; a name that no other run has is the default.</remarks>
    public string Run { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Whether another process may go on with the run, as from a journal of one that was stopped: calls that are given up stay in the queue,
    /// where it finds them, and so does what an earlier process left. Default false; set to that again once the run is done.
    /// </summary>
    public bool IsResumable { get; set; }

    /// <summary>Not for requests of any kind: only the chat clients' own calls are posted.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        throw new NotSupportedException("workers make calls to models, and no other requests");
    }

    /// <summary>Posts a call and waits for its reply.</summary>
    /// <exception cref="TimeoutException">The worker had none in time.</exception>
    /// <exception cref="HttpRequestException">The worker's connection broke.</exception>
    /// <exception cref="LimitReachedException">The worker was lost, and no call is left for another.</exception>
    /// <exception cref="ModelException">The queue refuses the run.</exception>
    async Task<HttpResponseMessage> ICallSender.SendAsync(string path, byte[] body, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        CallTrace.Tell(isInFlight: false);
        var calls = await Start().WaitAsync(cancellationToken).ConfigureAwait(false);
        var call = calls.Add(path, body, timeLimit);
        bool hasReply = false;
        try
        {
            _signal.Set();
            if (Volatile.Read(ref _refused) is { } refused)
                throw MakeRefusal(refused);
            while (true)
            {
                var reply = await call.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (reply is not null)
                {
                    hasReply = true;
                    CallTrace.Tell(isInFlight: true);
                    CallTrace.WhenOver(isWritten => End(isLeft: !isWritten && IsResumable));
                    return MakeResponse(reply);
                }

                try
                {
                    await CallTrace.RepayAsync(
                        new(ModelFailure.Disconnected, "the worker that had the call fell silent"), cancellationToken).ConfigureAwait(false);
                }
                catch (LimitReachedException) when (call.LateReply is not null)
                {
                    // It was not lost after all.
                }

                calls.MakeAgain(call);
                _signal.Set();
            }
        }
        finally
        {
            if (!hasReply)
                CallTrace.Tell(isInFlight: End(isLeft: IsResumable) && !call.IsDeciding);
        }

        bool End(bool isLeft)
        {
            bool mayBeMade = isLeft ? calls.Leave(call) : calls.Forget(call);
            _signal.Set();
            return mayBeMade;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closing.IsCancellationRequested)
        {
            _queue.Changed -= _signal.Set;
            _closing.Cancel();
            CloseAsync().Wait(MostForClosing);
            _closing.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>One round with the queue: posts, settles and collects.</summary>
    private async Task StepAsync(PostedCalls calls, CancellationToken cancellationToken)
    {
        await PostAsync(calls, cancellationToken).ConfigureAwait(false);
        bool asksStanding = _time.GetElapsedTime(_askedStandingAt) > UntilStanding;
        if (asksStanding)
            _askedStandingAt = _time.GetTimestamp();
        var progress = await _queue.CollectAsync(Run, calls.ListHeld(), asksStanding, cancellationToken).ConfigureAwait(false);
        // Workers could not renew their leases either while the queue was away.
        calls.Take(progress, believesLapses: _answersAgainSince is not { } since || _time.GetElapsedTime(since) > _queue.Lease, asksStanding);
        // Workers that are new are given something at once.
        await PostAsync(calls, cancellationToken).ConfigureAwait(false);
        if (calls.FindAbsence() is { } absence && absence != _absence)
        {
            _absence = absence;
            _tell(absence.Length > 0 ? $"{absence}; they wait for one" : "workers take calls now");
        }
    }

    private async Task PostAsync(PostedCalls calls, CancellationToken cancellationToken)
    {
        while (calls.ListToPost() is { Count: > 0 } posted)
        {
            await _queue.PostAsync(posted, cancellationToken).ConfigureAwait(false);
            calls.CountPosted();
        }

        await SettleAsync(calls, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(PostedCalls calls, CancellationToken cancellationToken)
    {
        if (calls.ListToSettle() is not ([], []) and var (again, forgotten))
        {
            await _queue.SettleAsync(Run, again, forgotten, cancellationToken).ConfigureAwait(false);
            calls.CountSettled(again, forgotten);
        }
    }

    /// <summary>Begins the rounds, once it is known what stands in the queue already.</summary>
    private Task<PostedCalls> Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (_started is not null)
                return _started;

            var started = new TaskCompletionSource<PostedCalls>(TaskCreationOptions.RunContinuationsAsynchronously);
            // In a flow of its own, which belongs to none of the calls.
            using (ExecutionContext.SuppressFlow())
                _loop = Task.Run(() => LoopAsync(started, _closing.Token));
            return _started = started.Task;
        }
    }

    private async Task LoopAsync(TaskCompletionSource<PostedCalls> started, CancellationToken cancellationToken)
    {
        var calls = new PostedCalls(Run);
        bool isAway = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = _signal.Next;
            long began = _time.GetTimestamp();
            try
            {
                if (!started.Task.IsCompleted)
                {
                    var standing = await _queue.CollectAsync(Run, [], withStanding: true, cancellationToken).ConfigureAwait(false);
                    calls.Adopt(standing);
                    started.SetResult(calls);
                }

                await StepAsync(calls, cancellationToken).ConfigureAwait(false);
                if (isAway)
                    _tell("the queue of calls answers again");
                isAway = false;
                await _signal.WaitAsync(changed, Poll, cancellationToken).ConfigureAwait(false);
                if (_time.GetElapsedTime(began) is var spent && spent < Round)
                    await Task.Delay(Round - spent, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (CallQueueException exception) when (exception.IsTransient)
            {
                if (!isAway)
                    _tell($"{exception.Message}; trying again");
                isAway = true;
                // Set anew with every failure, so that it is the moment of the last one.
                _answersAgainSince = _time.GetTimestamp();
                await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (CallQueueException exception)
            {
                Volatile.Write(ref _refused, exception);
                calls.Fail(MakeRefusal(exception));
                started.TrySetResult(calls);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Forgets what is left; a queue that does not answer keeps it.</summary>
    private async Task CloseAsync()
    {
        if (_loop is null || _started is null)
            return;

        await _loop.ConfigureAwait(false);
        if (!_started.IsCompletedSuccessfully)
            return;

        var calls = await _started.ConfigureAwait(false);
        if (!IsResumable)
            calls.ForgetStanding();
        try
        {
            await SettleAsync(calls, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CallQueueException)
        {
            // Nobody is left who could do anything about it.
        }
    }

    private static HttpResponseMessage MakeResponse(QueuedReply reply)
    {
        if (reply.StatusCode is not { } status)
        {
            throw reply.Failure == ModelFailure.Timeout
                ? new TimeoutException()
                : new HttpRequestException(HttpRequestError.ResponseEnded, "the worker's connection to the model broke");
        }

        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ReadOnlyMemoryContent(reply.Body) };
        foreach (var (name, value) in reply.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static ModelException MakeRefusal(CallQueueException exception) => new(ModelFailure.NotChosen, exception.Message, exception);

    private sealed class NoHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
