namespace Rlm.Runtime.Tests.Models.Workers;

/// <summary>A process's way to a queue, which ends at once when the process is killed: nothing comes through any more.</summary>
internal sealed class CutQueue(ICallQueue queue, bool isCut = false) : ICallQueue
{
    private readonly TaskCompletionSource<QueueProgress> _never = new();
    private volatile bool _isCut = isCut;

    public event Action? Changed
    {
        add => queue.Changed += value;
        remove => queue.Changed -= value;
    }

    public TimeSpan Lease => queue.Lease;

    public void Cut() => _isCut = true;

    public Task PostAsync(IReadOnlyList<QueuedCall> calls, CancellationToken cancellationToken = default) =>
        _isCut ? NeverAsync(cancellationToken) : queue.PostAsync(calls, cancellationToken);

    public Task<QueueProgress> CollectAsync(
        string run, IReadOnlyCollection<string> held, bool withStanding, CancellationToken cancellationToken = default) =>
        _isCut ? NeverAsync(cancellationToken) : queue.CollectAsync(run, held, withStanding, cancellationToken);

    public Task SettleAsync(
        string run, IReadOnlyCollection<string> again, IReadOnlyCollection<string> forgotten, CancellationToken cancellationToken = default) =>
        _isCut ? Task.CompletedTask : queue.SettleAsync(run, again, forgotten, cancellationToken);

    public Task<bool> RenewAsync(WorkerState worker, CancellationToken cancellationToken = default) => queue.RenewAsync(worker, cancellationToken);

    public Task<IReadOnlyList<QueuedCall>> TakeAsync(
        string worker, IReadOnlyCollection<string> paths, int most, CancellationToken cancellationToken = default) =>
        queue.TakeAsync(worker, paths, most, cancellationToken);

    public Task FinishAsync(string worker, IReadOnlyList<QueuedReply> replies, CancellationToken cancellationToken = default) =>
        queue.FinishAsync(worker, replies, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<QueueProgress> NeverAsync(CancellationToken cancellationToken) => _never.Task.WaitAsync(cancellationToken);
}
