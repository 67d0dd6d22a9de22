namespace Rlm;

/// <summary>How a chat client sends: time limits, retries, and what it says of its model.</summary>
public sealed record ModelClientOptions
{
    /// <summary>Time for one attempt, from sending to the last byte of the reply. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often one call is sent at most, the first time included; at least 1. Default 4. Where the provider wants a slower pace (429) it
    /// is sent again up to three times as often.
    /// </summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>
    /// The wait before the second attempt, doubled for each further one; a jitter takes up to half of it away. Default 500 ms.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait that is chosen here. Default 20 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait that a server may ask for; when it asks for more the call fails at once. Default 2 minutes.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest reply in bytes, after decompression. Default 64 MB.</summary>
    public int MaxReplyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The clock for timeouts, waits and dates. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the client says of its model. Default null: what is usual at the provider.</summary>
    public ChatClientTraits? Traits { get; init; }

    /// <summary>Refuses what cannot be held to, by the option's name.</summary>
    internal void Require()
    {
        RequireTime(Timeout, TimeSpan.FromTicks(1), nameof(Timeout));
        RequireTime(FirstDelay, TimeSpan.Zero, nameof(FirstDelay));
        RequireTime(MaxDelay, TimeSpan.Zero, nameof(MaxDelay));
        RequireTime(MaxRetryAfter, TimeSpan.Zero, nameof(MaxRetryAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1, $"options.{nameof(MaxAttempts)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReplyBytes, 1, $"options.{nameof(MaxReplyBytes)}");
        ArgumentNullException.ThrowIfNull(TimeProvider, $"options.{nameof(TimeProvider)}");
    }

    private static void RequireTime(TimeSpan time, TimeSpan least, string name)
    {
        if (time < least || time.TotalMilliseconds > uint.MaxValue - 1)
            throw new ArgumentOutOfRangeException($"options.{name}", time, "A time is not negative, nor 49 days or more, and a limit is above zero.");
    }
}
