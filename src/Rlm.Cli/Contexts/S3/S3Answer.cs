namespace Rlm.Cli.Contexts.S3;

/// <summary>An answer of a store. One of which nothing comes for a time is broken off.</summary>
internal sealed class S3Answer : IDisposable
{
    private readonly CancellationTokenSource _stalled;
    private readonly TimeSpan _patience;

    private S3Answer(HttpResponseMessage response, CancellationTokenSource stalled, TimeSpan patience)
    {
        Response = response;
        _stalled = stalled;
        _patience = patience;
        // Reading cannot be broken off, but it ends with what is read.
        stalled.Token.Register(response.Dispose);
    }

    public HttpResponseMessage Response { get; }

    /// <summary>Sends a request, and waits for the answer's head.</summary>
    public static S3Answer Await(HttpMessageInvoker http, HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
        var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            stalled.CancelAfter(patience);
            return new(http.Send(request, stalled.Token), stalled, patience);
        }
        catch
        {
            stalled.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next bytes of the body.</summary>
    public int Read(Stream body, Span<byte> buffer)
    {
        _stalled.CancelAfter(_patience);
        return body.Read(buffer);
    }

    public void Dispose()
    {
        Response.Dispose();
        _stalled.Dispose();
    }
}
