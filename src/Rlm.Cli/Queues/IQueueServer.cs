namespace Rlm.Cli.Queues;

/// <summary>The server that a queue of calls is on.</summary>
internal interface IQueueServer
{
    /// <summary>The address without password.</summary>
    /// <exception cref="CallQueueException">It is none.</exception>
    string Display(string url);

    /// <summary>Opens it for a run.</summary>
    /// <exception cref="CallQueueException">It does not answer, or its tables are not those of this version.</exception>
    Task<ICallQueue> OpenForRunAsync(string url, CancellationToken cancellationToken);

    /// <summary>Opens it for a worker.</summary>
    /// <exception cref="CallQueueException">It does not answer, or its tables are not those of this version.</exception>
    Task<ICallQueue> OpenForWorkerAsync(string url, CancellationToken cancellationToken);

    /// <summary>Makes tables, functions and roles, or brings them to this version.</summary>
    /// <param name="url">The address.</param>
    /// <param name="lease">How long a worker may be silent; null for as it is, at first a minute.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What there is to say of it, in one line.</returns>
    /// <exception cref="CallQueueException">It does not answer, or refuses it.</exception>
    Task<string> InitAsync(string url, TimeSpan? lease, CancellationToken cancellationToken);

    /// <summary>Who is there, and what waits.</summary>
    /// <exception cref="CallQueueException">It does not answer, or refuses it.</exception>
    Task<QueueReport> ListAsync(string url, CancellationToken cancellationToken);

    /// <summary>Forgets the calls and replies of a run that nobody will go on with.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="CallQueueException">It does not answer, or refuses it.</exception>
    Task<long> ForgetAsync(string url, string run, CancellationToken cancellationToken);
}
