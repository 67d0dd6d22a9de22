namespace Rlm;

/// <summary>A queue of calls for runs and workers of one process.</summary>
/// <param name="lease">How long a worker may be silent; above zero.</param>
/// <param name="timeProvider">The clock of the leases; null for the system's.</param>
public sealed class MemoryCallQueue(TimeSpan lease, TimeProvider? timeProvider = null) : ICallQueue
{
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Run, string Id), Entry> _calls = [];
    private readonly Dictionary<(string Run, string Id), QueuedReply> _replies = [];
    private readonly Dictionary<string, (WorkerState State, DateTimeOffset Until)> _workers = new(StringComparer.Ordinal);
    private long _posted;

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public TimeSpan Lease => lease;

    /// <inheritdoc/>
    public Task PostAsync(IReadOnlyList<QueuedCall> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return Do(() =>
        {
            foreach (var call in calls)
            {
                if (!_replies.ContainsKey((call.Run, call.Id)))
                    _calls.TryAdd((call.Run, call.Id), new(call, ++_posted));
            }
        });
    }

    /// <inheritdoc/>
    public Task<QueueProgress> CollectAsync(
        string run, IReadOnlyCollection<string> held, bool withStanding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(held);
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var calls = _calls.Values.Where(entry => entry.Call.Run == run);
            var replies = _replies.Values.Where(reply => reply.Run == run);
            return Task.FromResult(new QueueProgress(
                [.. replies.Where(reply => !held.Contains(reply.Id))],
                [.. calls.Where(entry => entry.HasLapsed(now)).Select(entry => entry.Call.Id)],
                _workers.Values.Where(worker => worker.Until > now)
                    .SelectMany(worker => worker.State.Paths.Select(path => (Path: path, worker.State.Slots)))
                    .GroupBy(slots => slots.Path, slots => slots.Slots)
                    .ToDictionary(slots => slots.Key, slots => slots.Sum(), StringComparer.Ordinal),
                withStanding ? [.. calls.Select(entry => entry.Call.Id), .. replies.Select(reply => reply.Id)] : [])
            {
                Silent = [.. _workers.Values.Where(worker => worker.Until <= now).SelectMany(worker => worker.State.Paths).Distinct()],
            });
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(
        string run, IReadOnlyCollection<string> again, IReadOnlyCollection<string> forgotten, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(again);
        ArgumentNullException.ThrowIfNull(forgotten);
        return Do(() =>
        {
            var now = _time.GetUtcNow();
            foreach (string id in again)
            {
                if (_calls.TryGetValue((run, id), out var entry) && entry.HasLapsed(now))
                    entry.Free();
            }

            foreach (string id in forgotten)
            {
                _calls.Remove((run, id));
                _replies.Remove((run, id));
            }
        });
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(WorkerState worker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        bool isTaken = false;
        await Do(() =>
        {
            var now = _time.GetUtcNow();
            var until = now + lease;
            isTaken = _workers.TryGetValue(worker.Name, out var there) && there.State.Instance != worker.Instance && there.Until > now;
            if (isTaken)
                return;
            if (worker.Leaves)
                _workers.Remove(worker.Name);
            else
                _workers[worker.Name] = (worker, until);
            foreach (var call in worker.Calls)
            {
                if (_calls.TryGetValue((call.Run, call.Id), out var entry) && entry.Worker == worker.Name)
                    entry.LeasedUntil = until;
            }
        }).ConfigureAwait(false);
        return !isTaken;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueuedCall>> TakeAsync(
        string worker, IReadOnlyCollection<string> paths, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        lock (_lock)
        {
            var until = _time.GetUtcNow() + lease;
            Entry[] taken =
            [
                .. _calls.Values.Where(entry => entry.LeasedUntil is null && paths.Contains(entry.Call.Path))
                    .OrderBy(entry => entry.Taken).ThenBy(entry => entry.Place).Take(most),
            ];
            foreach (var entry in taken)
                entry.LeaseTo(worker, until);
            return Task.FromResult<IReadOnlyList<QueuedCall>>([.. taken.Select(entry => entry.Call)]);
        }
    }

    /// <inheritdoc/>
    public Task FinishAsync(string worker, IReadOnlyList<QueuedReply> replies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(replies);
        return Do(() =>
        {
            foreach (var reply in replies)
            {
                if (reply.IsGivenBack)
                {
                    if (_calls.TryGetValue((reply.Run, reply.Id), out var entry) && entry.Worker == worker)
                        entry.GiveBack();
                }
                else if (_calls.Remove((reply.Run, reply.Id)))
                {
                    _replies.Add((reply.Run, reply.Id), reply);
                }
            }
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Do(Action change)
    {
        lock (_lock)
            change();
        Changed?.Invoke();
        return Task.CompletedTask;
    }

    private sealed class Entry(QueuedCall call, long place)
    {
        public QueuedCall Call => call;

        public long Place => place;

        public int Taken { get; private set; }

        public string? Worker { get; private set; }

        /// <summary>Null while nobody has it.</summary>
        public DateTimeOffset? LeasedUntil { get; set; }

        public bool HasLapsed(DateTimeOffset now) => LeasedUntil < now;

        public void LeaseTo(string worker, DateTimeOffset until)
        {
            (Worker, LeasedUntil) = (worker, until);
            Taken++;
        }

        public void Free() => (Worker, LeasedUntil) = (null, null);

        public void GiveBack()
        {
            Free();
            Taken--;
        }
    }
}
