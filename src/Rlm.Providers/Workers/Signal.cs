namespace Rlm.Providers.Workers;

/// <summary>Says that there may be something to do, to whoever waits for that.</summary>
/// <param name="time">The clock.</param>
internal sealed class Signal(TimeProvider time)
{
    private TaskCompletionSource _next = MakeSource();

    /// <summary>The next one. Taken before a look at what there is to do, so that none is missed between the look and the wait.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, MakeSource()).TrySetResult();

    /// <summary>Waits for one that was taken before, or until a time is over.</summary>
    public async Task WaitAsync(Task next, TimeSpan most, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(most, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource MakeSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
