using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Rlm.Providers.Wire;

/// <summary>
/// Makes one whole reply of an event stream, which some servers and gateways send although none was asked for: the deltas of OpenAI's chat
/// completions or the events of Anthropic's messages, put together in the protocol's own shape.
/// </summary>
internal static class EventStreamReply
{
    public static bool IsEventStream(string? mediaType, ReadOnlySpan<byte> body) =>
        string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase) || body.TrimStart("\r\n"u8).StartsWith("data:"u8)
            || body.StartsWith("event:"u8);

    /// <summary>The reply as JSON.</summary>
    /// <exception cref="ModelException">The stream ends before the reply does, or is none of the two.</exception>
    public static byte[] Join(ReadOnlyMemory<byte> body, FailureReader failures)
    {
        using var reply = new Joined();
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
                using var document = JsonDocument.Parse(ReplyLiterals.Repair(Encoding.UTF8.GetBytes(item.Data)));
                if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
                    reply.Add(root);
            }
            catch (JsonException)
            {
                throw failures.Reply(ModelFailure.MalformedReply, "sent an event that is not JSON", Encoding.UTF8.GetBytes(item.Data));
            }
        }

        if (reply.Error is { } error)
            throw failures.Error(error);
        return reply.IsEnded
            ? reply.ToJson()
            : throw failures.Reply(ModelFailure.MalformedReply, "ended its event stream before the reply was whole");
    }

    /// <summary>
    /// Collects what the events bring. A text's pieces are kept as they came, since whoever reads the reply knows every form that a text
    /// has.
    /// </summary>
    private sealed class Joined : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _pieces = new();
        private readonly Utf8JsonWriter _content;
        private readonly StringBuilder _refusal = new();
        private bool _hasContent;
        private bool _isAnthropic;
        private string? _reason;
        private string? _id;
        private string? _model;
        private readonly Dictionary<string, JsonElement> _usage = [];

        public Joined()
        {
            _content = new Utf8JsonWriter(_pieces);
            _content.WriteStartArray();
        }

        /// <summary>Whether the reply is whole.</summary>
        public bool IsEnded { get; set; }

        public JsonElement? Error { get; private set; }

        public void Add(JsonElement entry)
        {
            if (entry.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
                Error ??= error.Clone();

            string? type = Text(entry, "type");
            _isAnthropic |= type is "message_start" or "content_block_start" or "content_block_delta" or "message_delta" or "message";
            IsEnded |= type is "message_stop" or "message";
            var message = Object(entry, "message") ?? entry;
            _id ??= Text(message, "id");
            _model ??= Text(message, "model");
            TakeUsage(message);
            if (_isAnthropic)
            {
                AddContent(message);
                Append(Object(entry, "content_block"));
                _reason = Text(message, "stop_reason") ?? _reason;
            }

            if (Object(entry, "delta") is { } delta)
            {
                Append(delta);
                _reason = Text(delta, "stop_reason") ?? _reason;
                TakeUsage(entry);
            }

            if (entry.TryGetProperty("choices", out var choices) && choices is { ValueKind: JsonValueKind.Array })
            {
                foreach (var choice in choices.EnumerateArray())
                    AddChoice(choice);
            }
        }

        /// <summary>Adds what a choice brings, which is the first where nothing else is said: no more were asked for.</summary>
        private void AddChoice(JsonElement choice)
        {
            if (choice.ValueKind != JsonValueKind.Object
                || choice.TryGetProperty("index", out var index) && index.ValueKind == JsonValueKind.Number && index.GetRawText() != "0")
                return;

            if (Object(choice, "delta") is { } delta)
            {
                AddContent(delta);
                _refusal.Append(Text(delta, "refusal"));
            }
            else if (Object(choice, "message") is { } message && !_hasContent)
            {
                AddContent(message);
                _refusal.Append(Text(message, "refusal"));
            }
            else if (Text(choice, "text") is not null)
            {
                Append(choice.GetProperty("text"));
            }

            _reason = Text(choice, "finish_reason") ?? _reason;
            IsEnded |= _reason is not null;
        }

        public void Dispose() => _content.Dispose();

        private void AddContent(JsonElement holder)
        {
            if (!holder.TryGetProperty("content", out var content))
                return;

            if (content.ValueKind != JsonValueKind.Array)
            {
                Append(content);
                return;
            }

            foreach (var piece in content.EnumerateArray())
                Append(piece);
        }

        private void Append(JsonElement? piece)
        {
            if (piece is { ValueKind: JsonValueKind.String or JsonValueKind.Object } some)
            {
                some.WriteTo(_content);
                _hasContent |= some.ValueKind != JsonValueKind.String || some.GetString()!.Length > 0;
            }
        }

        public byte[] ToJson()
        {
            _content.WriteEndArray();
            _content.Flush();
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
            json.WritePropertyName("content");
            json.WriteRawValue(_pieces.WrittenSpan, skipInputValidation: true);
            json.WriteString("stop_reason", _reason);
        }

        private void WriteCompletion(Utf8JsonWriter json)
        {
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteStartObject("message");
            json.WritePropertyName("content");
            if (_hasContent || _refusal.Length == 0)
                json.WriteRawValue(_pieces.WrittenSpan, skipInputValidation: true);
            else
                json.WriteNullValue();
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
            holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.Object ? value : null;

        private static string? Text(JsonElement holder, string name) =>
            holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
