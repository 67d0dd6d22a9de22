using System.Text;
using System.Threading.Channels;
using Rlm.Providers;
using Rlm.Providers.Workers;

namespace Rlm;

/// <summary>Takes calls from a queue and makes one attempt at each, with an address and a key of its own, or by what its options say.</summary>
/// <remarks>
/// It retries nothing: that is for the run, which has the budget. While its address cannot be reached, or its last calls all failed, it takes one
/// at a time to try; where its key is refused it ends. Calls of both kinds go back to the queue, and cost no attempt.
/// </remarks>
public sealed class CallWorker
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ICallQueue _queue;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkerAttempt? _attempt;
    private readonly AddressHealth _health;
    private readonly string _address = "";
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly string[] _paths;
    private readonly Channel<(QueuedCall Call, QueuedReply Reply)> _finished =
        Channel.CreateUnbounded<(QueuedCall, QueuedReply)>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Signal _signal;
    private long _renewedAt;
    private readonly List<QueuedCall> _calls = [];
    private ModelException? _refused;
    private CallQueueException? _replaced;
    private bool _isAway;
    private bool _isStopping;
    private bool _hasLeft;
    private Task _said = Task.CompletedTask;

    /// <param name="queue">The queue; stays the caller's to dispose.</param>
    /// <param name="endpoint">Where its calls go, with the key; the model is named by each call.</param>
    /// <param name="http">Sends them; stays the caller's to dispose. <see cref="ModelHttp.CreateClient"/> makes one.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ModelException">The key can be none.</exception>
    public CallWorker(ICallQueue queue, ModelEndpoint endpoint, HttpMessageInvoker http, WorkerOptions? options = null)
        : this(queue, options ?? new())
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(http);
        // A key that can be none is told before a call is taken.
        _ = endpoint.ReadHeaders();
        _attempt = new(http, endpoint, _options.MaxReplyBytes, _time);
        _address = ModelUrl.Display(endpoint.BaseUrl);
        _health = new(_address, _time);
        _paths = [.. _paths.Append(endpoint.Provider.CallPath).Distinct()];
    }

    /// <summary>A worker without an endpoint: it takes only calls that its options have a handler for.</summary>
    /// <param name="queue">The queue; stays the caller's to dispose.</param>
    /// <param name="options">What it does, and how it takes calls.</param>
    public CallWorker(ICallQueue queue, WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        ArgumentException.ThrowIfNullOrWhiteSpace(_options.Name, $"options.{nameof(WorkerOptions.Name)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Slots, 1, $"options.{nameof(WorkerOptions.Slots)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxReplyBytes, 1, $"options.{nameof(WorkerOptions.MaxReplyBytes)}");
        (_queue, _time) = (queue, _options.TimeProvider);
        _signal = new(_time);
        _health = new(_address, _time);
        _paths = [.. _options.Handlers.Keys];
    }

    /// <summary>How many attempts were made whose result is in the queue.</summary>
    public long Finished { get; private set; }

    /// <summary>Takes and makes calls until it is stopped; what is under way then comes to its end.</summary>
    /// <exception cref="ModelException">The endpoint refuses the key.</exception>
    /// <exception cref="CallQueueException">The queue refuses the worker.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _queue.Changed += _signal.Set;
        using var ended = new CancellationTokenSource();
        using var stopped = cancellationToken.UnsafeRegister(static worker => ((CallWorker)worker!).Stop(), this);
        try
        {
            await JoinAsync(cancellationToken).ConfigureAwait(false);
            var renewing = RenewAsync(ended.Token);
            var finishing = FinishAsync(ended.Token);
            var taking = TakeAsync(ended.Token);
            // Whichever fails ends the others.
            await (await Task.WhenAny(renewing, finishing, taking).ConfigureAwait(false)).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(renewing, finishing, taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LeaveAsync().ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            _queue.Changed -= _signal.Set;
        }

        if (_refused is { } refused)
            throw refused;
        if (_replaced is { } replaced)
            throw replaced;
    }

    /// <summary>Takes calls until it is stopped and nothing is under way.</summary>
    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _signal.Next;
            int free = CountFree();
            if (free > 0)
            {
                var taken = await TryAsync(
                    () => _queue.TakeAsync(_options.Name, _paths, free, cancellationToken), cancellationToken).ConfigureAwait(false);
                foreach (var call in taken)
                {
                    lock (_lock)
                        _calls.Add(call);
                    _ = Task.Run(() => MakeAsync(call), CancellationToken.None);
                }

                if (taken.Count == free)
                    continue;
            }

            lock (_lock)
            {
                if (_isStopping && _calls.Count == 0)
                    return;
            }

            await _signal.WaitAsync(changed, Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How many calls may be taken now.</summary>
    private int CountFree()
    {
        lock (_lock)
        {
            if (_isStopping || _time.GetElapsedTime(_renewedAt) > 0.8 * _queue.Lease)
                return 0;
            return _health.Trouble is null ? _options.Slots - _calls.Count : _calls.Count == 0 && _health.IsDue ? 1 : 0;
        }
    }

    private async Task MakeAsync(QueuedCall call)
    {
        // A process that stood still has lost its leases.
        bool isLeased = _time.GetElapsedTime(Volatile.Read(ref _renewedAt)) <= 0.8 * _queue.Lease && _refused is null;
        var reply = !isLeased ? new QueuedReply(call.Run, call.Id)
            : _options.Handlers.TryGetValue(call.Path, out var handle) ? await HandleAsync(handle, call).ConfigureAwait(false)
            : await AttemptAsync(_attempt!, call).ConfigureAwait(false);
        _finished.Writer.TryWrite((call, reply));
    }

    /// <summary>What the endpoint replies; nothing, so that the call is given back, where there was no attempt or the key is refused.</summary>
    private async Task<QueuedReply> AttemptAsync(WorkerAttempt attempt, QueuedCall call)
    {
        var none = new QueuedReply(call.Run, call.Id);
        try
        {
            var reply = await attempt.MakeAsync(call).ConfigureAwait(false);
            if (reply.StatusCode == 401)
            {
                Refuse();
                return none;
            }

            TellHealth(_health.Count(reply));
            return reply;
        }
        catch (HttpRequestException exception)
        {
            TellHealth(_health.CountUnreached(exception.Message));
            return none;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            // A call that cannot be sent at all is that of a run that is not ours.
            return none with { Failure = ModelFailure.Disconnected };
        }
    }

    private async Task<QueuedReply> HandleAsync(Func<QueuedCall, CancellationToken, Task<QueuedReply>> handle, QueuedCall call)
    {
        using var limit = new CancellationTokenSource(call.TimeLimit, _time);
        try
        {
            return await handle(call, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new(call.Run, call.Id) { Failure = ModelFailure.Timeout };
        }
        catch (Exception exception)
        {
            return new(call.Run, call.Id) { StatusCode = 500, Body = Encoding.UTF8.GetBytes($"{exception.GetType().Name}: {exception.Message}") };
        }
    }

    /// <summary>Hands in what came of the calls, as many together as there are.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        const int MostTogether = 64;
        const long MostBytesTogether = 64 << 20;
        while (await _finished.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var finished = new List<(QueuedCall Call, QueuedReply Reply)>();
            for (long bytes = 0; finished.Count < MostTogether && bytes < MostBytesTogether && _finished.Reader.TryRead(out var reply); bytes += reply.Reply.Body.Length)
                finished.Add(reply);
            QueuedReply[] replies = [.. finished.Select(each => each.Reply)];
            await TryAsync(
                async () =>
                {
                    await _queue.FinishAsync(_options.Name, replies, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var (call, _) in finished)
                    _calls.Remove(call);
                Finished += replies.Count(reply => !reply.IsGivenBack);
            }

            _signal.Set();
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_queue.Lease / 3, _time, cancellationToken).ConfigureAwait(false);
            if (await TellStateAsync(cancellationToken).ConfigureAwait(false) || _replaced is not null)
                continue;
            // What is under way may still come to its end, as with any lease that is over.
            _replaced = new($"another worker `{_options.Name}` has taken the place of this one, which was silent for too long: give each worker a name of its own", isTransient: false);
            Stop();
        }
    }

    /// <summary>Renews the leases, and says how many calls it takes; false where another worker has its name.</summary>
    private Task<bool> TellStateAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            long before = _time.GetTimestamp();
            if (!await SayAsync(leaves: false, cancellationToken).ConfigureAwait(false))
                return false;
            Volatile.Write(ref _renewedAt, before);
            return true;
        },
        cancellationToken);

    /// <summary>Waits until nobody else has its name: one that was killed is heard of until its lease is over.</summary>
    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        for (bool hasTold = false; !await TellStateAsync(CancellationToken.None).ConfigureAwait(false); hasTold = true)
        {
            if (!hasTold)
                _options.Tell(Invariant($"a worker `{_options.Name}` is there already: this one waits until it has left, or was silent for {_queue.Lease.TotalSeconds:0.###} s; give each worker a name of its own"));
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
        }
    }

    private WorkerState State
    {
        get
        {
            lock (_lock)
            {
                return new WorkerState(_options.Name, _options.Version, _isStopping ? 0 : _health.Trouble is not null ? 1 : _options.Slots, _paths)
                {
                    Instance = _instance,
                    Calls = [.. _calls],
                    Trouble = _refused is not null ? "the key is refused" : _health.Trouble ?? (_isStopping ? "it is stopping" : null),
                };
            }
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await SayAsync(leaves: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CallQueueException)
        {
            // It is forgotten when its lease is over.
        }
    }

    /// <summary>Does it as often as it takes until the queue answers.</summary>
    private async Task<T> TryAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var result = await act().ConfigureAwait(false);
                if (Interlocked.Exchange(ref _isAway, false))
                    _options.Tell("the queue of calls answers again");
                return result;
            }
            catch (CallQueueException exception) when (exception.IsTransient)
            {
                if (!Interlocked.Exchange(ref _isAway, true))
                    _options.Tell($"{exception.Message}; trying again");
                await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells people and runs how the address is, where that is new.</summary>
    private void TellHealth(string? told)
    {
        if (told is null)
            return;
        _options.Tell(told);
        _ = TellChangeAsync();
    }

    private void Refuse()
    {
        lock (_lock)
        {
            _refused ??= new(
                ModelFailure.Unauthorized,
                $"{_address} refuses the worker's key (401): set another and start it again; its calls go back to the queue");
        }

        Stop();
    }

    private void Stop()
    {
        lock (_lock)
        {
            if (_isStopping)
                return;
            _isStopping = true;
        }

        _signal.Set();
        _ = TellChangeAsync();
    }

    /// <summary>Tells runs at once that it takes more calls, or fewer.</summary>
    private async Task TellChangeAsync()
    {
        try
        {
            await SayAsync(leaves: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CallQueueException)
        {
            // The next renewal says it.
        }
    }

    /// <summary>
    /// Tells the queue how it is, one word after the other, so that what it said last is what the queue knows; nothing more once it has left.
    /// </summary>
    private Task<bool> SayAsync(bool leaves, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var said = SayAfterAsync(_said, leaves, cancellationToken);
            _said = said;
            return said;
        }
    }

    private async Task<bool> SayAfterAsync(Task before, bool leaves, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (_hasLeft)
            return true;
        bool isThere = await _queue.RenewAsync(leaves ? State with { Slots = 0, Leaves = true } : State, cancellationToken).ConfigureAwait(false);
        _hasLeft = leaves;
        return isThere;
    }
}
