using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rlm.Testing;

/// <summary>Writes replies in the protocol of the request.</summary>
internal static class LoopbackReplyWriter
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole HTTP reply; a truncated or reset one has its body cut.</summary>
    public static byte[] Write(LoopbackRequest request, LoopbackReply reply)
    {
        byte[] body = reply.Fault == LoopbackFault.Raw ? Encoding.UTF8.GetBytes(reply.Body)
            : request.IsAnthropic ? Anthropic(request, reply)
            : OpenAi(request, reply);
        int length = reply.Fault == LoopbackFault.TruncatedJson ? body.Length / 2 : body.Length;
        int sent = reply.Fault == LoopbackFault.ResetInBody ? body.Length / 2 : length;
        return Frame(reply.Status, reply.Headers, body.AsSpan(0, sent), length);
    }

    public static byte[] WriteModels(IReadOnlyList<string> models)
    {
        byte[] body = Json(json =>
        {
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach (string model in models)
            {
                json.WriteStartObject();
                json.WriteString("id", model);
                json.WriteString("object", "model");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return Frame(200, [], body, body.Length);
    }

    private static byte[] Frame(int status, IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> body, int length)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} {(status < 400 ? "OK" : "Error")}\r\nContent-Length: {length}\r\n");
        if (!headers.Any(header => header.Name == "Content-Type"))
            head.Append("Content-Type: application/json\r\n");

        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static byte[] OpenAi(LoopbackRequest request, LoopbackReply reply) => Json(json =>
    {
        json.WriteString("id", $"chatcmpl-{request.Index}");
        json.WriteString("object", "chat.completion");
        json.WriteString("model", request.Model);
        json.WriteStartArray("choices");
        if (reply.Fault != LoopbackFault.NoChoices)
        {
            json.WriteStartObject();
            json.WriteNumber("index", 0);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", reply.Fault == LoopbackFault.NullContent ? null : reply.Body);
            json.WriteEndObject();
            json.WriteString("finish_reason", reply.FinishReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", reply.InputTokens);
        json.WriteNumber("completion_tokens", reply.OutputTokens);
        json.WriteNumber("total_tokens", reply.InputTokens + reply.OutputTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", reply.CachedTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static byte[] Anthropic(LoopbackRequest request, LoopbackReply reply) => Json(json =>
    {
        json.WriteString("id", $"msg_{request.Index}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", request.Model);
        if (reply.Fault != LoopbackFault.NoChoices)
        {
            json.WriteStartArray("content");
            if (reply.Fault != LoopbackFault.NullContent)
            {
                // Two blocks, since clients must join them.
                int half = reply.Body.Length / 2;
                WriteBlock(json, reply.Body[..half]);
                WriteBlock(json, reply.Body[half..]);
            }

            json.WriteEndArray();
        }

        json.WriteString("stop_reason", reply.FinishReason switch { "stop" => "end_turn", "length" => "max_tokens", var other => other });
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", reply.InputTokens - reply.CachedTokens);
        json.WriteNumber("cache_read_input_tokens", reply.CachedTokens);
        json.WriteNumber("output_tokens", reply.OutputTokens);
        json.WriteEndObject();
    });

    private static void WriteBlock(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
