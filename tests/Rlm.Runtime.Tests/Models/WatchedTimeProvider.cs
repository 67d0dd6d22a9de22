using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Models;

/// <summary>A fake clock that tells when a timer is set, so that a test moves it neither too early nor by guess.</summary>
internal sealed class WatchedTimeProvider : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _set = new();

    /// <summary>Completes when a timer of this length has been set.</summary>
    public Task TimerOfAsync(TimeSpan dueTime) => Source(dueTime).Task.WaitAsync(TimeSpan.FromMinutes(2), System);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Source(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Source(TimeSpan dueTime) =>
        _set.GetOrAdd(dueTime, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
