using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm.Providers.Servers;

/// <summary>The JSON of Ollama's own protocol.</summary>
internal static class OllamaWire
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body of a request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">Null for none.</param>
    /// <param name="windowTokens">The window that the prompt and the reply have together.</param>
    public static byte[] Write(string model, IReadOnlyList<(ChatRole Role, string Text)> messages, ChatOptions? options, int windowTokens)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            json.WriteStartArray("messages"u8);
            foreach (var (role, text) in messages)
            {
                json.WriteStartObject();
                json.WriteString("role"u8, role.Value);
                json.WriteString("content"u8, text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("stream"u8, false);
            if (options?.Reasoning?.Effort is { } effort)
                json.WriteBoolean("think"u8, effort != ReasoningEffort.None);
            if (options?.ResponseFormat is ChatResponseFormatJson format)
                WriteFormat(json, format);
            json.WriteStartObject("options"u8);
            json.WriteNumber("num_ctx"u8, windowTokens);
            if (options is not null)
                WriteOptions(json, options);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="ModelException">The reply holds no text.</exception>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static ChatResponse Read(ReadOnlySpan<byte> body, FailureReader failures)
    {
        var content = default(ReplyContent);
        string? reason = null;
        long? input = null, output = null;
        var head = default(ReplyHead);
        var json = new ReplyJson(body);
        while (json.NextField())
        {
            if (json.Is("message"u8))
                content = json.EntersObject() ? ReadMessage(ref json) : default;
            else if (json.Is("done_reason"u8))
                reason = json.Text();
            else if (json.Is("prompt_eval_count"u8))
                input = json.Count();
            else if (json.Is("eval_count"u8))
                output = json.Count();
            else
                head.Read(ref json);
        }

        head.ThrowIfError(failures);
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
        if (string.IsNullOrEmpty(content.Text) && reason == "length")
            throw failures.Reply(ModelFailure.OutputLimit, "used its output limit up before any text", usage);

        return content.Text is { } text
            ? head.ResponseOf(text, reason is { Length: > 0 } why ? new ChatFinishReason(why) : null, usage)
            : throw failures.Reply(ModelFailure.EmptyReply, $"answered with no content (done reason: {reason ?? "none"})", usage);
    }

    private static ReplyContent ReadMessage(ref ReplyJson json)
    {
        var content = default(ReplyContent);
        while (json.NextField())
        {
            if (json.Is("content"u8))
                content = ReplyContent.Read(ref json);
        }

        return content;
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        if (format.Schema is { } schema)
        {
            json.WritePropertyName("format"u8);
            schema.WriteTo(json);
        }
        else
        {
            json.WriteString("format"u8, "json"u8);
        }
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions options)
    {
        WriteNumber(json, "temperature"u8, options.Temperature);
        WriteNumber(json, "top_p"u8, options.TopP);
        WriteNumber(json, "frequency_penalty"u8, options.FrequencyPenalty);
        WriteNumber(json, "presence_penalty"u8, options.PresencePenalty);
        if (options.TopK is { } topK)
            json.WriteNumber("top_k"u8, topK);
        if (options.Seed is { } seed)
            json.WriteNumber("seed"u8, seed);
        if (options.MaxOutputTokens is { } tokens)
            json.WriteNumber("num_predict"u8, tokens);
        if (options.StopSequences is { Count: > 0 } stop)
        {
            json.WriteStartArray("stop"u8);
            foreach (string sequence in stop)
                json.WriteStringValue(sequence);
            json.WriteEndArray();
        }
    }

    // Rounded to keep 0.7f from being sent as 0.699999988079071.
    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, float? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round((double)number, 6));
    }
}
