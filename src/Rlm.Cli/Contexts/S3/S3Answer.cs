using System.Text;

namespace Rlm.Cli.Contexts.S3;

/// <summary>An answer of a store. One of which nothing comes for a time is broken off.</summary>
internal sealed class S3Answer : IDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly CancellationTokenSource _stalled;

    private S3Answer(HttpResponseMessage response, CancellationTokenSource stalled)
    {
        Response = response;
        _stalled = stalled;
        // Reading cannot be broken off, but it ends with what is read.
        stalled.Token.Register(response.Dispose);
    }

    /// <summary>How long nothing may come.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    public HttpResponseMessage Response { get; }

    /// <summary>How long a request may take until its answer begins.</summary>
    /// <param name="sentBytes">How many bytes it sends: a mebibyte takes a second at most.</param>
    public static TimeSpan PatienceOf(long sentBytes) => Patience + TimeSpan.FromSeconds(sentBytes >> 20);

    /// <summary>Sends a request, and waits for the answer's head.</summary>
    public static S3Answer Await(HttpMessageInvoker http, HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
        var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            stalled.CancelAfter(patience);
            return new(http.Send(request, stalled.Token), stalled);
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
        _stalled.CancelAfter(Patience);
        return body.Read(buffer);
    }

    /// <summary>Reads the body as text, within one patience for all of it.</summary>
    /// <param name="maxBytes">How many bytes are read at most.</param>
    /// <param name="isWhole">Whether that was all.</param>
    public string ReadText(int maxBytes, out bool isWhole)
    {
        _stalled.CancelAfter(Patience);
        using var body = Response.Content.ReadAsStream();
        var read = new MemoryStream();
        byte[] buffer = new byte[BufferBytes];
        int count;
        while ((count = body.Read(buffer)) > 0 && read.Length + count <= maxBytes)
            read.Write(buffer, 0, count);
        isWhole = count == 0;
        read.Position = 0;
        using var reader = new StreamReader(read, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        Response.Dispose();
        _stalled.Dispose();
    }
}
