using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Mcp;

/// <summary>The requests that are being answered, by their ids.</summary>
internal sealed class RequestsUnderway
{
    private const int MaxRequests = 32;

    /// <summary>An error of this server alone: there is too much to do.</summary>
    private const int Busy = -32000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Answering)> _requests = new(StringComparer.Ordinal);

    /// <summary>Answers a request beside others, until it is given up.</summary>
    /// <param name="id">Its id, as it is written.</param>
    /// <param name="answer">What is done; it throws nothing.</param>
    /// <param name="cancellationToken">Ends all of them.</param>
    /// <exception cref="RpcException">There are too many, or the id is taken.</exception>
    public void Start(string id, Func<CancellationToken, Task> answer, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_requests.ContainsKey(id))
                throw new RpcException(RpcException.InvalidRequest, "a request with this id is underway");
            if (_requests.Count == MaxRequests)
                throw new RpcException(Busy, $"{MaxRequests} requests are underway: wait for one of them");

            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _requests[id] = (stop, Task.Run(() => RunAsync(id, answer, stop), CancellationToken.None));
        }
    }

    /// <summary>Gives a request up; one that is over is none.</summary>
    public void Cancel(string id)
    {
        lock (_lock)
        {
            if (_requests.TryGetValue(id, out var request))
                request.Stop.Cancel();
        }
    }

    /// <summary>Waits for all that there are.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
            return Task.WhenAll(_requests.Values.Select(static request => request.Answering));
    }

    private async Task RunAsync(string id, Func<CancellationToken, Task> answer, CancellationTokenSource stop)
    {
        using (stop)
        {
            try
            {
                await answer(stop.Token).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                    _requests.Remove(id);
            }
        }
    }
}
