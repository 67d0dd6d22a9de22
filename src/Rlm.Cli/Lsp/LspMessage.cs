using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Cli.Lsp;

/// <summary>What an editor sends: a request, a notification, or the answer to a request, of which none is made.</summary>
/// <param name="Method">What is asked for or told; null where there is none.</param>
/// <param name="Id">What the answer goes by; undefined for a notification.</param>
/// <param name="Params">What it is about.</param>
/// <param name="IsReply">Whether it is an answer.</param>
internal sealed record LspMessage(string? Method, JsonElement Id, JsonElement Params, bool IsReply)
{
    public bool IsRequest => Method is not null && Id.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    public bool IsNotification => Method is not null && Id.ValueKind == JsonValueKind.Undefined;

    /// <exception cref="JsonException">It is not a JSON object.</exception>
    /// <exception cref="InvalidOperationException">Its method is not a text.</exception>
    public static LspMessage Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var message = document.RootElement.Clone();
        if (message.ValueKind != JsonValueKind.Object)
            throw new JsonException();

        var method = FindProperty(message, "method");
        bool isReply = method.ValueKind == JsonValueKind.Undefined && (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _));
        return new(method.ValueKind == JsonValueKind.Undefined ? null : method.GetString(), FindProperty(message, "id"), FindProperty(message, "params"), isReply);
    }

    /// <summary>What stands at a path of names; undefined where nothing does.</summary>
    public static JsonElement FindProperty(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return default;
        }

        return element;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LspParams), GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LspPublished), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(LspHover), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspCompletion>), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspAction>), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspEdit>), GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class LspJsonContext : JsonSerializerContext;
