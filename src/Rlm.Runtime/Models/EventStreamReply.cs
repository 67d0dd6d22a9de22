using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Rlm.Runtime.Models;

/// <summary>
/// Makes one whole reply of an event stream, which some servers and gateways send although none was asked for: the deltas of OpenAI's chat
/// completions or the events of Anthropic's messages, put together in the protocol's own shape.
/// </summary>
internal static class EventStreamReply
{
    public static bool IsEventStream(string? mediaType, ReadOnlySpan<byte> body) =>
        string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase) || body.TrimStart("\r\n"u8).StartsWith("data:"u8) || body.StartsWith("event:"u8);

    /// <summary>The reply as JSON.</summary>
    /// <exception cref="ModelException">The stream ends before the reply does, or is none of the two.</exception>
    public static byte[] Join(ReadOnlyMemory<byte> body, FailureReader failures)
    {
        var reply = new Joined();
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        foreach (var item in SseParser.Create(stream).Enumerate())
        {
            if (item.Data is "" or "[DONE]")
            {
                reply.IsEnded |= item.Data == "[DONE]";
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(item.Data);
                if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
                    reply.Add(root);
            }
            catch (JsonException)
            {
                throw failures.Reply(ModelFailure.MalformedReply, "sent an event that is no JSON", Encoding.UTF8.GetBytes(item.Data));
            }
        }

        if (reply.Error is { } error)
            throw failures.Error(error);
        return reply.IsEnded ? reply.ToJson() : throw failures.Reply(ModelFailure.MalformedReply, "ended its event stream before the reply was whole");
    }

    private sealed class Joined
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _refusal = new();
        private bool _isAnthropic;
        private string? _reason;
        private string? _id;
        private string? _model;
        private readonly Dictionary<string, JsonElement> _usage = [];

        /// <summary>Whether the reply is whole.</summary>
        public bool IsEnded { get; set; }

        public JsonElement? Error { get; private set; }

        public void Add(JsonElement entry)
        {
            if (entry.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
                Error ??= error.Clone();

            string? type = Text(entry, "type");
            _isAnthropic |= type is "message_start" or "content_block_delta" or "message_delta";
            IsEnded |= type == "message_stop";
            var message = Object(entry, "message") ?? entry;
            _id ??= Text(message, "id");
            _model ??= Text(message, "model");
            TakeUsage(message);
            if (Object(entry, "delta") is { } delta)
            {
                _text.Append(Text(delta, "text"));
                _reason = Text(delta, "stop_reason") ?? _reason;
                TakeUsage(entry);
            }

            if (entry.TryGetProperty("choices", out var choices) && choices is { ValueKind: JsonValueKind.Array } && choices.GetArrayLength() > 0)
            {
                var choice = choices[0];
                var part = Object(choice, "delta") ?? Object(choice, "message") ?? default;
                _text.Append(Text(part, "content"));
                _refusal.Append(Text(part, "refusal"));
                _reason = Text(choice, "finish_reason") ?? _reason;
                IsEnded |= _reason is not null;
            }
        }

        public byte[] ToJson()
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("id", _id);
                json.WriteString("model", _model);
                if (_isAnthropic)
                    WriteMessage(json);
                else
                    WriteCompletion(json);
                json.WriteStartObject("usage");
                foreach (var (name, value) in _usage)
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }

        private void WriteMessage(Utf8JsonWriter json)
        {
            json.WriteStartArray("content");
            if (_text.Length > 0)
            {
                json.WriteStartObject();
                json.WriteString("type", "text");
                json.WriteString("text", _text.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("stop_reason", _reason);
        }

        private void WriteCompletion(Utf8JsonWriter json)
        {
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteStartObject("message");
            json.WriteString("content", _text.Length > 0 || _refusal.Length == 0 ? _text.ToString() : null);
            json.WriteString("refusal", _refusal.Length > 0 ? _refusal.ToString() : null);
            json.WriteEndObject();
            json.WriteString("finish_reason", _reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        private void TakeUsage(JsonElement holder)
        {
            if (Object(holder, "usage") is { } usage)
            {
                foreach (var property in usage.EnumerateObject())
                    _usage[property.Name] = property.Value.Clone();
            }
        }

        private static JsonElement? Object(JsonElement holder, string name) =>
            holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

        private static string? Text(JsonElement holder, string name) =>
            holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
