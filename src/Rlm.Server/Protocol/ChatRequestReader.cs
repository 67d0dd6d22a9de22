using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Server.Protocol;

/// <summary>Reads requests of <c>/v1/chat/completions</c>. Source: https://platform.openai.com/docs/api-reference/chat/create.</summary>
internal static class ChatRequestReader
{
    private const int MostDepth = 512, MostReplies = 1024;

    /// <summary>Reads a body; what is not known of it, or wrong in it, is for the model that gets it as it is.</summary>
    /// <exception cref="ApiException">It is not a request.</exception>
    public static ChatRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body, new JsonDocumentOptions { AllowDuplicateProperties = false }, null);
        }
        catch (JsonException exception)
        {
            return ReadLoosely(body, NotJson(exception));
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    /// <summary>A field that is there twice, or more depth than the loop takes.</summary>
    private static ChatRequest ReadLoosely(ReadOnlyMemory<byte> body, ApiException problem)
    {
        try
        {
            return Read(body, new JsonDocumentOptions { MaxDepth = MostDepth }, problem);
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    private static ChatRequest Read(ReadOnlyMemory<byte> body, JsonDocumentOptions options, ApiException? problem)
    {
        using var document = JsonDocument.Parse(body, options);
        return Read(document.RootElement, body.Span, problem);
    }

    private static ChatRequest Read(JsonElement request, ReadOnlySpan<byte> body, ApiException? problem)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw ApiException.BadRequest("The body is not a JSON object.", code: "invalid_json");
        // Servers differ in which of two they take, and the client could name any model of theirs.
        if (problem is not null && request.EnumerateObject().Count(field => field.NameEquals("model")) > 1)
            throw problem;
        if (!request.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.String)
            throw ApiException.BadRequest("`model` is missing: GET /v1/models lists what there is.", "model");
        if (!request.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw ApiException.BadRequest("`messages` is a list with at least one message.", "messages");

        var name = JsonMarshal.GetRawUtf8Value(model);
        _ = body.Overlaps(name, out int start);
        var conversation = ChatMessageReader.ReadAll(messages, ref problem, out string? forwardedOnly);
        return new(model.GetString()!, conversation, Attempt(() => ReadOptions(request), ref problem) ?? new())
        {
            ModelPlace = (start, start + name.Length),
            IsStreamed = Attempt(() => ReadFlag(request, "stream"), ref problem),
            IncludesUsage = Attempt(() => request.TryGetProperty("stream_options", out var stream) && stream.ValueKind == JsonValueKind.Object && ReadFlag(stream, "include_usage"), ref problem),
            Replies = (int)Math.Clamp(Attempt(() => ReadWhole(request, "n"), ref problem) ?? 1, 1, MostReplies),
            ForwardedOnly = forwardedOnly ?? Attempt(() => FindForwardedOnly(request), ref problem),
            Problem = problem,
        };
    }

    /// <summary>What was read; nothing, and the first problem, where it cannot be.</summary>
    internal static T? Attempt<T>(Func<T> read, ref ApiException? problem)
    {
        try
        {
            return read();
        }
        catch (ApiException exception)
        {
            problem ??= exception;
        }
        catch (InvalidOperationException)
        {
            problem ??= NotUnicode();
        }

        return default;
    }

    private static ApiException NotJson(JsonException exception) => ApiException.BadRequest($"The body is not JSON: {exception.Message}", code: "invalid_json");

    /// <summary>A string whose bytes, or escapes, no text has.</summary>
    private static ApiException NotUnicode() => ApiException.BadRequest("A text of the body is not Unicode.", code: "invalid_json");

    private static ChatOptions ReadOptions(JsonElement request) => new()
    {
        Temperature = ReadNumber(request, "temperature"),
        TopP = ReadNumber(request, "top_p"),
        FrequencyPenalty = ReadNumber(request, "frequency_penalty"),
        PresencePenalty = ReadNumber(request, "presence_penalty"),
        Seed = ReadWhole(request, "seed"),
        MaxOutputTokens = (ReadWhole(request, "max_completion_tokens") ?? ReadWhole(request, "max_tokens")) is { } most and > 0
            ? (int)Math.Min(most, int.MaxValue)
            : null,
        StopSequences = ReadStops(request),
        ResponseFormat = ReadFormat(request),
        Reasoning = ReadEffort(request),
    };

    /// <summary>What the loop, and a client of another protocol, cannot heed.</summary>
    private static string? FindForwardedOnly(JsonElement request) =>
        ReadWhole(request, "n") > 1 ? "n"
        : ReadFlag(request, "logprobs") ? "logprobs"
        : IsThere(request, "audio") ? "audio"
        : request.TryGetProperty("modalities", out var kinds) && kinds.ValueKind == JsonValueKind.Array
            && kinds.EnumerateArray().Any(kind => kind.ValueKind != JsonValueKind.String || kind.GetString() != "text") ? "modalities"
        : HasItems(request, "tools") ? "tools"
        : HasItems(request, "functions") ? "functions"
        : IsThere(request, "web_search_options") ? "web_search_options"
        : null;

    private static List<string>? ReadStops(JsonElement request) => !request.TryGetProperty("stop", out var stop) ? null : stop.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => [stop.GetString()!],
        JsonValueKind.Array when stop.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) => [.. stop.EnumerateArray().Select(text => text.GetString()!)],
        _ => throw ApiException.BadRequest("`stop` is a text or a list of texts.", "stop"),
    };

    private static ChatResponseFormatJson? ReadFormat(JsonElement request)
    {
        if (!IsThere(request, "response_format"))
            return null;

        var format = request.GetProperty("response_format");
        string? type = format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        return type switch
        {
            "text" => null,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when format.TryGetProperty("json_schema", out var described) && described.ValueKind == JsonValueKind.Object
                && described.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.Object =>
                ChatResponseFormat.ForJsonSchema(schema.Clone(), ReadText(described, "name"), ReadText(described, "description")),
            _ => throw ApiException.BadRequest("`response_format` is {\"type\": \"text\"}, \"json_object\" or \"json_schema\" with its schema.", "response_format"),
        };
    }

    private static ReasoningOptions? ReadEffort(JsonElement request) => ReadText(request, "reasoning_effort") switch
    {
        "none" => new() { Effort = ReasoningEffort.None },
        "minimal" or "low" => new() { Effort = ReasoningEffort.Low },
        "medium" => new() { Effort = ReasoningEffort.Medium },
        "high" => new() { Effort = ReasoningEffort.High },
        "xhigh" => new() { Effort = ReasoningEffort.ExtraHigh },
        _ => null,
    };

    private static bool IsThere(JsonElement request, string name) => request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static bool HasItems(JsonElement request, string name) =>
        request.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;

    private static bool ReadFlag(JsonElement request, string name) => request.TryGetProperty(name, out var flag) && flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw ApiException.BadRequest($"`{name}` is true or false.", name),
    };

    private static float? ReadNumber(JsonElement request, string name) => !IsThere(request, name) ? null
        : request.GetProperty(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetSingle(out float value) && float.IsFinite(value) ? value
        : throw ApiException.BadRequest($"`{name}` is a number.", name);

    private static long? ReadWhole(JsonElement request, string name) => !IsThere(request, name) ? null
        : request.GetProperty(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal value) && value == decimal.Truncate(value)
            && value is >= long.MinValue and <= long.MaxValue ? (long)value
        : throw ApiException.BadRequest($"`{name}` is a whole number.", name);

    private static string? ReadText(JsonElement request, string name) =>
        request.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
