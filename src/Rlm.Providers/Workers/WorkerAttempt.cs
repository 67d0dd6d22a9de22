using Rlm.Providers.Wire;

namespace Rlm.Providers.Workers;

/// <summary>Makes one attempt at a call, and never a second one.</summary>
/// <param name="http">Sends it.</param>
/// <param name="endpoint">Where to, with the worker's key.</param>
/// <param name="maxReplyBytes">The largest body.</param>
/// <param name="time">The clock of the time limit.</param>
internal sealed class WorkerAttempt(HttpMessageInvoker http, ModelEndpoint endpoint, int maxReplyBytes, TimeProvider time)
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>What a run reads of a reply beside its body.</summary>
    private static readonly string[] Kept =
    [
        "content-type", "content-encoding", "retry-after", "retry-after-ms", "date", "location",
        .. ModelProvider.All.SelectMany(provider => provider.Limits).SelectMany(limit => new[] { limit.Remaining, limit.Reset }),
    ];

    /// <summary>The reply, or what went wrong on its way.</summary>
    /// <exception cref="HttpRequestException">There was no connection, so that no attempt was made.</exception>
    public async Task<QueuedReply> MakeAsync(QueuedCall call)
    {
        using var limit = new CancellationTokenSource(call.TimeLimit, time);
        using var body = new ReadOnlyMemoryContent(call.Body);
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var request = endpoint.CreateRequest(body);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", ReplyBody.Encodings);
        var reply = new QueuedReply(call.Run, call.Id);
        try
        {
            using var response = http is HttpClient client
                ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false)
                : await http.SendAsync(request, limit.Token).ConfigureAwait(false);
            reply = reply with { StatusCode = (int)response.StatusCode, Headers = ListKept(response) };
            using var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            return await ReadAsync(stream, limit.Token).ConfigureAwait(false) is { } whole
                ? reply with { Body = whole }
                // A length above what is read says that it is too long, to whoever reads it.
                : reply with { Headers = [("Content-Length", Invariant($"{long.MaxValue}"))] };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new(call.Run, call.Id) { Failure = ModelFailure.Timeout };
        }
        catch (OperationCanceledException exception)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "no connection in time", exception);
        }
        catch (Exception exception) when (exception is IOException || (exception is HttpRequestException http && !IsUnsent(http)))
        {
            return new(call.Run, call.Id) { Failure = ModelFailure.Disconnected };
        }
    }

    /// <summary>Whether nothing can have reached the model.</summary>
    private static bool IsUnsent(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError or HttpRequestError.SecureConnectionError;

    /// <summary>The whole body; null where it is too long.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[FirstBytes];
        for (int filled = 0; ;)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            filled += read;
            if (filled > maxReplyBytes)
                return null;
            if (read == 0)
                return buffer.AsMemory(0, filled);
            if (filled == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
        }
    }

    private static IReadOnlyList<(string Name, string Value)> ListKept(HttpResponseMessage response) =>
    [
        .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => (header.Key, header.Value.ToString())),
    ];
}
