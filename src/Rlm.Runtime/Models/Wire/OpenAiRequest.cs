using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models.Wire;

/// <summary>
/// Writes the JSON of a chat completion request. By hand, since a serializer may not write letters of all scripts as they are on its fast
/// path, and the default's escapes would triple a Greek or Japanese prompt.
/// </summary>
internal static class OpenAiRequest
{
    private const int MaxKeptBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly string[] GrammarFields = ["grammar", "guided_grammar", "guided_regex"];

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
            foreach (var (role, text) in messages)
            {
                json.WriteStartObject();
                json.WriteString("role"u8, role.Value);
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

        // llama.cpp takes GBNF, vLLM EBNF or a regular expression.
        foreach (string field in GrammarFields)
        {
            if (options.AdditionalProperties?.GetValueOrDefault(field) is string grammar)
                json.WriteString(field, grammar);
        }

        bool Takes(OptionalParameters parameter) => (taken & parameter) != 0;

        // Rounded to keep 0.7f from being sent as 0.699999988079071.
        void WriteNumber(ReadOnlySpan<byte> name, OptionalParameters parameter, float? value)
        {
            if (value is { } number && Takes(parameter))
                json.WriteNumber(name, Math.Round((double)number, 6));
        }
    }
}
