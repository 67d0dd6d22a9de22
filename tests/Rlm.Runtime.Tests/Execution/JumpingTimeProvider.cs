using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>A clock that somebody sets: what it shows jumps, and what it measures does not.</summary>
internal sealed class JumpingTimeProvider : FakeTimeProvider
{
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;
}
