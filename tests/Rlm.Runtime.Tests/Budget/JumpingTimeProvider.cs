using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>A clock that somebody sets: what it shows jumps, and what it measures does not.</summary>
internal sealed class JumpingTimeProvider : TimeProvider
{
    private readonly FakeTimeProvider _steady = new();

    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public void Advance(TimeSpan time) => _steady.Advance(time);

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() + Jump;

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _steady.CreateTimer(callback, state, dueTime, period);
}
