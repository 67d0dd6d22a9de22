namespace Rlm.Runtime.Budget;

/// <summary>
/// A token bucket without a lock: so many units a minute, a tenth of them at once. Whoever takes units is told when it may use them, in
/// order of arrival; a taker of more than is there leaves a debt that the next one waits for.
/// </summary>
internal sealed class RateBucket
{
    /// <summary>
    /// How much later a request may arrive than it was sent, against one before it: so much longer than a minute is what the limit holds
    /// for.
    /// </summary>
    private const double JitterSeconds = 3;

    private readonly TimeProvider _time;
    private readonly double _ticksPerUnit;
    private readonly long _burstTicks;
    private long _paidAt;

    /// <param name="perMinute">Units in any minute; at least 1.</param>
    /// <param name="time">The clock.</param>
    public RateBucket(long perMinute, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        long burst = Math.Max(1, perMinute / 10);

        // What goes at once and what comes back within a minute are together no more than the limit.
        _ticksPerUnit = time.TimestampFrequency * (60 + JitterSeconds) / (perMinute - burst + 1);
        _burstTicks = (long)((burst - 1) * _ticksPerUnit);
        _time = time;
        _paidAt = time.GetTimestamp();
    }

    /// <summary>Takes units.</summary>
    /// <returns>How long to wait before they are used.</returns>
    public TimeSpan Take(long units)
    {
        long now = _time.GetTimestamp(), paidAt = Volatile.Read(ref _paidAt);
        while (true)
        {
            long seen = Interlocked.CompareExchange(ref _paidAt, Math.Max(paidAt, now) + (long)(units * _ticksPerUnit), paidAt);
            if (seen == paidAt)
                return paidAt - _burstTicks > now ? _time.GetElapsedTime(now, paidAt - _burstTicks) : TimeSpan.Zero;
            paidAt = seen;
        }
    }

    /// <summary>Takes units that are used already, or gives back ones that were not, when negative.</summary>
    public void Adjust(long units) => Interlocked.Add(ref _paidAt, (long)(units * _ticksPerUnit));
}
