using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>A fake clock that is at the end of each wait as soon as the wait begins; limits of more than a minute are no waits.</summary>
internal sealed class EagerTimeProvider : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= TimeSpan.FromMinutes(1))
            _ = Task.Run(() => Advance(dueTime));
        return timer;
    }
}
