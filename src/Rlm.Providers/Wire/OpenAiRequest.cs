using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Providers.Wire;

/// <summary>
/// Writes the JSON of a chat completion request. By hand, since a serializer may not write letters of all scripts as they are on its fast
/// path, and the default's escapes would triple a Greek or Japanese prompt.
/// </summary>
internal static class OpenAiRequest
{
    private const int MaxKeptBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What is written of the prompt and of options that have a name of their own.</summary>
    private static readonly FrozenSet<string> OwnFields = new[]
    {
        "model", "messages", "stream", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "max_tokens",
        "max_completion_tokens", "seed", "stop", "response_format", "reasoning_effort", "prompt_cache_options",
    }.ToFrozenSet(StringComparer.Ordinal);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>
    /// The system prompt that came last, as text and encoded: sub-calls all have the same one, which is most of a short request.
    /// </summary>
    private static Tuple<string, JsonEncodedText>? _system;

    /// <summary>The body of a request.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">Null for none.</param>
    /// <param name="taken">The parameters that the model takes; others are left out.</param>
    public static byte[] Write(
        string model, IReadOnlyList<(ChatRole Role, string Text)> messages, ChatOptions? options, OptionalParameters taken)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>();
        // One that could not be written leaves a part of itself.
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            json.WriteStartArray("messages"u8);
            string? instructions = (taken & OptionalParameters.SystemRole) != 0 ? "system"
                : (taken & OptionalParameters.DeveloperRole) != 0 ? "developer"
                : null;
            foreach (var (role, text) in instructions is null ? JoinInstructions(messages) : messages)
            {
                json.WriteStartObject();
                json.WriteString("role"u8, role == ChatRole.System ? instructions! : role.Value);
                if (role == ChatRole.System)
                    json.WriteString("content"u8, EncodeSystem(text));
                else
                    json.WriteString("content"u8, text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (options is not null)
                WriteOptions(json, options, taken);
            if ((taken & OptionalParameters.CacheOptions) != 0 && SystemChars(messages) < PromptText.KeptSystemChars)
            {
                json.WriteStartObject("prompt_cache_options"u8);
                json.WriteString("mode"u8, "explicit"u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        byte[] body = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MaxKeptBytes)
            _buffer = null;
        return body;
    }

    /// <summary>The messages with the instructions at the start of the first that the user says.</summary>
    private static List<(ChatRole Role, string Text)> JoinInstructions(IReadOnlyList<(ChatRole Role, string Text)> messages)
    {
        string instructions = string.Join("\n\n", messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text));
        List<(ChatRole Role, string Text)> joined = [.. messages.Where(message => message.Role != ChatRole.System)];
        int first = joined.FindIndex(message => message.Role == ChatRole.User);
        if (first < 0)
            joined.Insert(0, (ChatRole.User, instructions));
        else if (instructions.Length > 0)
            joined[first] = (ChatRole.User, $"{instructions}\n\n{joined[first].Text}");
        return joined;
    }

    private static int SystemChars(IReadOnlyList<(ChatRole Role, string Text)> messages) =>
        messages.Sum(message => message.Role == ChatRole.System ? message.Text.Length : 0);

    private static JsonEncodedText EncodeSystem(string system)
    {
        // By way of UTF-8, which replaces half of a surrogate pair, where the encoder of strings throws.
        if (_system is not { } last || last.Item1 != system)
            _system = last = Tuple.Create(system, JsonEncodedText.Encode(Encoding.UTF8.GetBytes(system), Options.Encoder));
        return last.Item2;
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions options, OptionalParameters taken)
    {
        WriteNumber("temperature"u8, OptionalParameters.Temperature, options.Temperature);
        WriteNumber("top_p"u8, OptionalParameters.TopP, options.TopP);
        WriteNumber("frequency_penalty"u8, OptionalParameters.FrequencyPenalty, options.FrequencyPenalty);
        WriteNumber("presence_penalty"u8, OptionalParameters.PresencePenalty, options.PresencePenalty);
        if (options.MaxOutputTokens is { } tokens)
            json.WriteNumber(Takes(OptionalParameters.MaxTokens) ? "max_tokens"u8 : "max_completion_tokens"u8, tokens);
        if (options.Seed is { } seed && Takes(OptionalParameters.Seed))
            json.WriteNumber("seed"u8, seed);
        if (options.StopSequences is { Count: > 0 } stop && Takes(OptionalParameters.Stop))
        {
            json.WriteStartArray("stop"u8);
            foreach (string sequence in stop)
                json.WriteStringValue(sequence);
            json.WriteEndArray();
        }

        if (options.TopK is { } topK)
            json.WriteNumber("top_k"u8, topK);
        if (options.Reasoning?.Effort is { } effort)
            json.WriteString("reasoning_effort"u8, NameOf(effort));
        if (options.ResponseFormat is ChatResponseFormatJson format)
            WriteFormat(json, format);

        // Such as a grammar: llama.cpp takes GBNF, vLLM EBNF or a regular expression.
        foreach (var (field, value) in options.AdditionalProperties ?? [])
            WriteField(json, field, value);

        bool Takes(OptionalParameters parameter) => (taken & parameter) != 0;

        // Rounded to keep 0.7f from being sent as 0.699999988079071.
        void WriteNumber(ReadOnlySpan<byte> name, OptionalParameters parameter, float? value)
        {
            if (value is { } number && Takes(parameter))
                json.WriteNumber(name, Math.Round((double)number, 6));
        }
    }

    private static string NameOf(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        _ => "xhigh",
    };

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, format.Schema is null ? "json_object"u8 : "json_schema"u8);
        if (format.Schema is { } schema)
        {
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, format.SchemaName ?? "reply");
            if (format.SchemaDescription is { } description)
                json.WriteString("description"u8, description);
            // Else it is no more than a hint.
            if (StrictSchema.Is(schema))
                json.WriteBoolean("strict"u8, true);
            json.WritePropertyName("schema"u8);
            schema.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string field, object? value)
    {
        if (OwnFields.Contains(field))
            throw new NotSupportedException($"`{field}` is not an additional property: this client writes it itself.");

        json.WritePropertyName(field);
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case JsonElement element: element.WriteTo(json); break;
            case JsonNode node: node.WriteTo(json); break;
            default:
                throw new NotSupportedException(
                    $"The additional property `{field}` is a {value.GetType().Name}: give a string, a number, a bool, or JSON.");
        }
    }
}
