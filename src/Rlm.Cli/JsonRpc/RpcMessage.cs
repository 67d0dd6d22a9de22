using System.Text.Json;

namespace Rlm.Cli.JsonRpc;

/// <summary>What the other end sends: a request, a notification, or the answer to a request.</summary>
/// <param name="Method">What is asked for or told; null where there is none.</param>
/// <param name="Id">What the answer goes by; undefined for a notification.</param>
/// <param name="Params">What it is about.</param>
/// <param name="IsReply">Whether it is an answer.</param>
internal sealed record RpcMessage(string? Method, JsonElement Id, JsonElement Params, bool IsReply)
{
    public bool IsRequest => Method is not null && Id.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    public bool IsNotification => Method is not null && Id.ValueKind == JsonValueKind.Undefined;

    /// <summary>What an answer gives; undefined for one that is an error.</summary>
    public JsonElement Result { get; private init; }

    /// <exception cref="JsonException">It is not a JSON object.</exception>
    /// <exception cref="InvalidOperationException">Its method is not a text.</exception>
    public static RpcMessage Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement.Clone());
    }

    /// <summary>Reads a message, or the messages of a batch.</summary>
    /// <exception cref="JsonException">It is neither a JSON object nor an array of some.</exception>
    /// <exception cref="InvalidOperationException">A method is not a text.</exception>
    public static IReadOnlyList<RpcMessage> ReadAll(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? [.. root.EnumerateArray().Select(Read)] : [Read(root)];
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

    private static RpcMessage Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new JsonException();

        var method = FindProperty(message, "method");
        var result = FindProperty(message, "result");
        bool isReply = method.ValueKind == JsonValueKind.Undefined && (result.ValueKind != JsonValueKind.Undefined || message.TryGetProperty("error", out _));
        return new(method.ValueKind == JsonValueKind.Undefined ? null : method.GetString(), FindProperty(message, "id"), FindProperty(message, "params"), isReply)
        {
            Result = result,
        };
    }
}
