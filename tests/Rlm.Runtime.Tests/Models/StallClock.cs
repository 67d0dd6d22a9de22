using System.Collections.Concurrent;

namespace Rlm.Runtime.Tests.Models;

/// <summary>
/// The system's time, but for the timers of one length: those end when the test says so, so that no slow machine ends them.
/// </summary>
internal sealed class StallClock(TimeSpan length) : TimeProvider
{
    private readonly ConcurrentDictionary<HeldTimer, bool> _timers = new();

    /// <summary>Ends the timers that are set.</summary>
    public void Elapse()
    {
        foreach (var timer in _timers.Keys)
            timer.End();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != length)
            return System.CreateTimer(callback, state, dueTime, period);

        var timer = new HeldTimer(this, () => callback(state));
        _timers[timer] = true;
        return timer;
    }

    private sealed class HeldTimer(StallClock clock, Action callback) : ITimer
    {
        public void End()
        {
            if (clock._timers.TryRemove(this, out _))
                callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock._timers.ContainsKey(this);

        public void Dispose() => clock._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
