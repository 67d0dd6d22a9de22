using System.Diagnostics;

namespace Rlm.Cli;

/// <summary>
/// The time that a command may take, from its start on: reading and checking what it is given are under it as the run is.
/// </summary>
internal sealed class TimeLimit(TimeSpan? limit)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private volatile string _doing = "";

    /// <summary>The options of a run that begins now.</summary>
    public RlmOptions ApplyTo(RlmOptions options) =>
        limit is null ? options : options with { TimeSpent = Stopwatch.GetElapsedTime(_startedAt) };

    /// <summary>Does a part of what is done now, under a name of its own.</summary>
    public T Run<T>(string doing, Func<T> work)
    {
        string whole = _doing;
        _doing = doing;
        var result = work();
        _doing = whole;
        return result;
    }

    /// <summary>
    /// Does what cannot be stopped on a thread of its own, and does not wait for it longer than the time or the interruption allows.
    /// </summary>
    /// <param name="doing">What it does, as the message of its end has it.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Interrupts the waiting.</param>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public async Task<T> RunAsync<T>(string doing, Func<T> work, CancellationToken cancellationToken)
    {
        _doing = doing;
        try
        {
            return await Task.Run(work, cancellationToken).WaitAsync(Left, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw MakeEnd(exception);
        }
    }

    /// <summary>Does what is stopped when the time is over.</summary>
    /// <param name="doing">What it does, as the message of its end has it.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Stops it, too.</param>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public async Task<T> RunAsync<T>(string doing, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        _doing = doing;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Left);
        try
        {
            return await work(over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw MakeEnd(exception);
        }
    }

    private TimeSpan Left => limit - Stopwatch.GetElapsedTime(_startedAt) is { } rest
        ? rest > TimeSpan.Zero ? rest : TimeSpan.Zero
        : Timeout.InfiniteTimeSpan;

    private TimeoutException MakeEnd(Exception exception) => new(
        Invariant($"the time limit of {limit!.Value.TotalSeconds:0.###} s is over (--timeout) while {_doing}"), exception);
}
