namespace Rlm.Providers.Workers;

/// <summary>Whether an address takes calls, by what came of the last ones. One that does not is tried with one call at a time.</summary>
/// <param name="address">The address, for people.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressHealth(string address, TimeProvider time)
{
    /// <summary>So many failures in a row are the address's, and not of single calls.</summary>
    private const int MostFailures = 8;

    private static readonly TimeSpan UntilReached = TimeSpan.FromSeconds(5);

    // Short, so that a run whose every call is refused everywhere comes to its end.
    private static readonly TimeSpan UntilSuccess = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private int _failures;
    private string? _trouble;
    private long _nextAt;

    /// <summary>What is wrong with it, in some words; null for nothing.</summary>
    public string? Trouble
    {
        get
        {
            lock (_lock)
                return _trouble;
        }
    }

    /// <summary>Whether the time of the next try has come.</summary>
    public bool IsDue => time.GetTimestamp() >= Volatile.Read(ref _nextAt);

    /// <summary>Counts a reply, or that none came; gives what there is to tell that is new.</summary>
    public string? Count(QueuedReply reply)
    {
        lock (_lock)
        {
            // A pace that was asked for (429) is the run's to keep.
            bool hasFailed = reply.Failure is not null || reply.StatusCode is >= 400 and not 429;
            _failures = hasFailed ? _failures + 1 : reply.StatusCode == 429 ? _failures : 0;
            if (_failures < MostFailures)
                return Set(null, default, $"{address} answers again");

            string how = reply.StatusCode is { } status ? Invariant($"{status}") : "no reply";
            return Set("its last calls failed", UntilSuccess, Invariant($"the last {_failures} calls to {address} failed ({how}); one at a time until one succeeds"));
        }
    }

    /// <summary>Counts that there was no connection; gives what there is to tell that is new.</summary>
    public string? CountUnreached(string why)
    {
        lock (_lock)
            return Set("the address cannot be reached", UntilReached, $"{address} cannot be reached: {why.ReplaceLineEndings(" ").TrimEnd('.')}; calls go back, and it is tried again");
    }

    private string? Set(string? trouble, TimeSpan until, string told)
    {
        bool isNew = trouble != _trouble;
        _trouble = trouble;
        Volatile.Write(ref _nextAt, time.GetTimestamp() + (long)(until.TotalSeconds * time.TimestampFrequency));
        return isNew ? told : null;
    }
}
