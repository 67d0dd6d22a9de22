namespace Rlm;

/// <summary>
/// Calls that wait for workers. Runs post them and collect replies, and alone decide what is paid for; a worker makes one attempt at a call
/// that it has taken.
/// </summary>
/// <remarks>
/// A call that is taken is leased to its worker for <see cref="Lease"/>, which renews it. One whose lease is over has lapsed: no other
/// worker gets it before its run says so, who has reserved one more call by then. Every member may be called by many threads, and again
/// after a failure: to do the same twice changes nothing.
/// </remarks>
public interface ICallQueue : IAsyncDisposable
{
    /// <summary>Something was posted, finished or has joined: a hint, of which some may be lost.</summary>
    event Action? Changed;

    /// <summary>How long a worker may be silent before its calls lapse.</summary>
    TimeSpan Lease { get; }

    /// <summary>Adds calls; those whose run and id are there already stay as they are.</summary>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task PostAsync(IReadOnlyList<QueuedCall> calls, CancellationToken cancellationToken = default);

    /// <summary>What came of a run's calls so far.</summary>
    /// <param name="run">The run.</param>
    /// <param name="held">Ids whose replies the run has already.</param>
    /// <param name="withStanding">Whether the ids of all its calls and replies are told, too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task<QueueProgress> CollectAsync(
        string run, IReadOnlyCollection<string> held, bool withStanding, CancellationToken cancellationToken = default);

    /// <summary>Makes lapsed calls ready again, for each of which one more call was reserved, and forgets calls with their replies.</summary>
    /// <param name="run">The run.</param>
    /// <param name="again">Ids; one that has not lapsed, or is finished, stays as it is.</param>
    /// <param name="forgotten">Ids, of calls in any state.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task SettleAsync(
        string run, IReadOnlyCollection<string> again, IReadOnlyCollection<string> forgotten, CancellationToken cancellationToken = default);

    /// <summary>Says that a worker is there, and renews the leases of the calls that it has.</summary>
    /// <returns>False, and nothing is done, where another instance has that name and is not silent.</returns>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task<bool> RenewAsync(WorkerState worker, CancellationToken cancellationToken = default);

    /// <summary>Leases calls to a worker, those first that were never taken; none where there are none.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="paths">The paths that it can call.</param>
    /// <param name="most">Most calls; at least 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task<IReadOnlyList<QueuedCall>> TakeAsync(
        string worker, IReadOnlyCollection<string> paths, int most, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends calls with their replies, late ones included, as long as the run has not forgotten them; one that was not made is given back.
    /// </summary>
    /// <exception cref="CallQueueException">The queue does not answer, or refuses it.</exception>
    Task FinishAsync(string worker, IReadOnlyList<QueuedReply> replies, CancellationToken cancellationToken = default);
}
