using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>Replies that are one JSON object.</summary>
internal static class HttpReply
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of an object.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            write(writer);
        return buffer.WrittenMemory;
    }

    /// <summary>Sends an object.</summary>
    public static Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var body = Write(write);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Sends an error.</summary>
    public static Task SendAsync(HttpContext context, ApiException error)
    {
        var headers = context.Response.Headers;
        if (error.RetryAfter is { } wait)
            headers.RetryAfter = Invariant($"{Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))}");
        if (error.Challenge is { } challenge)
            headers.WWWAuthenticate = challenge;
        if (error.IsFinal)
            headers["x-should-retry"] = "false";
        return SendAsync(context, error.Status, writer => ApiErrors.Write(writer, error));
    }
}
