namespace Rlm.Runtime.Budget;

/// <summary>
/// The end of a run's time. A paid stage in progress stops asking then, and for a little while what it was told may still be put to
/// use; anything else stops at once.
/// </summary>
internal sealed class RunDeadline : IDisposable
{
    /// <summary>How long a run may go on behind a stage that its time cut off: a part of the whole time, a few seconds at least.</summary>
    private const double RestShare = 0.1;
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _limit;
    private readonly string? _name;
    private readonly CancellationTokenSource? _over;
    private readonly CancellationTokenSource? _stopped;
    private int _stages;

    /// <param name="options">The time, how much of it was spent before the run, and the clock.</param>
    public RunDeadline(RlmOptions options)
    {
        if (options.Timeout is not { } whole)
            return;

        _limit = whole;
        _name = options.NameOf(nameof(RlmOptions.Timeout));
        _stopped = new CancellationTokenSource(Timeout.InfiniteTimeSpan, options.TimeProvider);
        _over = new CancellationTokenSource(
            whole > options.TimeSpent ? whole - options.TimeSpent : TimeSpan.Zero, options.TimeProvider);
        _over.Token.Register(End);
    }

    /// <summary>A run that may take any time.</summary>
    public static RunDeadline None { get; } = new(new RlmOptions());

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Over => _over?.Token ?? CancellationToken.None;

    public bool IsOver => _over?.IsCancellationRequested == true;

    /// <summary>Cancelled when the run has to stop.</summary>
    public CancellationToken Stopped => _stopped?.Token ?? CancellationToken.None;

    /// <summary>What happened, in one line.</summary>
    public string Reason => Invariant($"the time limit of {_limit.TotalSeconds:0.###} s is over ({_name})");

    /// <summary>A paid stage begins to ask.</summary>
    public void BeginStage() => Interlocked.Increment(ref _stages);

    /// <summary>A paid stage asks no more.</summary>
    public void EndStage() => Interlocked.Decrement(ref _stages);

    public void Dispose()
    {
        _over?.Dispose();
        _stopped?.Dispose();
    }

    private void End()
    {
        if (Volatile.Read(ref _stages) == 0)
            _stopped!.Cancel();
        else
            _stopped!.CancelAfter(TimeSpan.FromTicks(Math.Max(LeastRest.Ticks, (long)(_limit.Ticks * RestShare))));
    }
}
