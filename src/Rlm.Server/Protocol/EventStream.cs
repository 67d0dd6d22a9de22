using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>A reply as server-sent events.</summary>
internal sealed class EventStream(HttpContext context)
{
    /// <summary>Whether its head is on its way, so that a status can no longer tell of an error.</summary>
    public bool HasStarted => context.Response.HasStarted;

    /// <summary>Sends a comment, which clients leave out.</summary>
    public Task SendCommentAsync(string text) => SendAsync(Encoding.UTF8.GetBytes($": {text.ReplaceLineEndings(" ")}\n\n"));

    /// <summary>Sends an event.</summary>
    public async Task SendAsync(Action<Utf8JsonWriter> write)
    {
        var json = HttpReply.Write(write);
        byte[] line = new byte[json.Length + 8];
        "data: "u8.CopyTo(line);
        json.CopyTo(line.AsMemory(6));
        "\n\n"u8.CopyTo(line.AsSpan(line.Length - 2));
        await SendAsync(line).ConfigureAwait(false);
    }

    /// <summary>Ends a stream that has begun with an error; what stands before it may have broken off in the midst of a line.</summary>
    public async Task SendErrorAsync(ApiException error)
    {
        await SendAsync("\n\n"u8.ToArray()).ConfigureAwait(false);
        await SendAsync(writer => ApiErrors.Write(writer, error)).ConfigureAwait(false);
    }

    /// <summary>Sends the mark of a whole stream.</summary>
    public Task SendDoneAsync() => SendAsync("data: [DONE]\n\n"u8.ToArray());

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!HasStarted)
            WriteHead(context.Response);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static void WriteHead(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // A proxy such as nginx holds lines back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
