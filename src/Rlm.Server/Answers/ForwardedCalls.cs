using System.Text;
using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;
using Rlm.Server.Measures;
using Rlm.Server.Protocol;

namespace Rlm.Server.Answers;

/// <summary>Hands conversations that fit to the model's server as they are, and its replies back as they come.</summary>
/// <param name="http">Sends them.</param>
/// <param name="runs">Knows limits and prices.</param>
/// <param name="metrics">Counts them.</param>
internal sealed class ForwardedCalls(HttpMessageInvoker http, ConversationRuns runs, ServerMetrics metrics)
{
    private const int MostErrorBytes = 64 * 1024, BufferBytes = 16 * 1024;

    private static readonly string[] HandedBack = ["Retry-After", "x-request-id"];

    /// <summary>Sends a request, and its reply to whoever made it.</summary>
    /// <exception cref="ApiException">There is no reply, and nothing of one was sent.</exception>
    public async Task SendAsync(HttpContext context, ServedModel model, ChatRequest request, ReadOnlyMemory<byte> body, ApiCaller caller)
    {
        using var spending = runs.BeginCall(model, request, body.Length / UsageReader.BytesPerToken, caller);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (runs.Timeout is { } timeout)
            limit.CancelAfter(timeout);
        var endpoint = model.Endpoint!;
        using var content = new ForwardedBody(body, request.ModelPlace.Start, request.ModelPlace.End, endpoint.Model);
        var usage = new UsageReader(isStream: false);
        bool isRefused = false;
        try
        {
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var call = endpoint.CreateRequest(content);
            call.Headers.TryAddWithoutValidation("Accept", request.IsStreamed ? "text/event-stream" : "application/json");
            using var reply = await http.SendAsync(call, limit.Token).ConfigureAwait(false);
            isRefused = !reply.IsSuccessStatusCode;
            if (isRefused)
            {
                await SendErrorAsync(context, reply, endpoint, limit.Token).ConfigureAwait(false);
                return;
            }

            usage = new(reply.Content.Headers.ContentType?.MediaType == "text/event-stream");
            await CopyAsync(context, reply, usage, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(
                504, "server_error", "upstream_timeout", Invariant($"The model's server gave no whole reply in {runs.Timeout?.TotalSeconds:0} s."));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(502, "server_error", "upstream_error", "The model's server cannot be reached, or its reply broke off.");
        }
        finally
        {
            // Whoever leaves before the reply has made the call all the same.
            if (content.IsSent)
            {
                var (input, output, cached) = isRefused ? default : usage.Find(body.Length);
                var used = runs.UsageOf(model, input, output, cached);
                spending.Charge(used);
                metrics.CountForwarded();
                metrics.CountSpending(used);
            }
        }
    }

    /// <summary>Each part goes out before the next is read, so that a slow reader slows the model's server and takes no memory.</summary>
    private static async Task CopyAsync(HttpContext context, HttpResponseMessage reply, UsageReader usage, CancellationToken cancellationToken)
    {
        WriteHead(context.Response, reply);
        using var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            usage.Add(buffer.AsSpan(0, count));
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the model's server says of the request is the client's to see; what it says of our key is not.</summary>
    private static async Task SendErrorAsync(
        HttpContext context, HttpResponseMessage reply, ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        int status = (int)reply.StatusCode;
        if (status is 401 or 403 or (>= 300 and < 400))
        {
            throw new ApiException(
                502, "server_error", "upstream_error", Invariant($"The model's server refused the server itself, with status {status}."))
            {
                IsFinal = true,
            };
        }

        using var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] bytes = new byte[MostErrorBytes];
        int count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        string text = Encoding.UTF8.GetString(bytes, 0, count);
        if (!string.IsNullOrWhiteSpace(endpoint.Key))
            text = text.Replace(endpoint.Key.Trim(), "[key]", StringComparison.Ordinal);
        byte[] sent = Encoding.UTF8.GetBytes(text);
        WriteHead(context.Response, reply);
        context.Response.ContentLength = sent.Length;
        await context.Response.Body.WriteAsync(sent, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteHead(HttpResponse response, HttpResponseMessage reply)
    {
        response.StatusCode = (int)reply.StatusCode;
        response.ContentType = reply.Content.Headers.ContentType?.ToString() ?? "application/json";
        foreach (string name in HandedBack)
        {
            if (reply.Headers.TryGetValues(name, out var values))
                response.Headers[name] = values.First();
        }
    }
}
