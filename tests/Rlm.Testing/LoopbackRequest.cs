using System.Text.Json;

namespace Rlm.Testing;

/// <summary>A request that <see cref="LoopbackModelServer"/> received.</summary>
/// <param name="Index">Its place among all requests of the server, from 0.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Headers">The headers; names in any case.</param>
/// <param name="Body">The body's text.</param>
public sealed record LoopbackRequest(int Index, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private readonly Lazy<JsonDocument?> _json = new(() => Body.Length > 0 ? JsonDocument.Parse(Body) : null);

    /// <summary>Whether it came in Anthropic's protocol.</summary>
    public bool IsAnthropic => Headers.ContainsKey("anthropic-version");

    /// <summary>Whether it asks for the list of models.</summary>
    public bool IsList => Method == "GET";

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => _json.Value?.RootElement ?? default;

    /// <summary>The model asked for; empty when there is none.</summary>
    public string Model =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("model", out var model) ? model.GetString() ?? "" : "";

    /// <summary>The system text, several joined by an empty line; empty when there is none.</summary>
    public string System => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("system", out var system)
        ? Text(system)
        : string.Join("\n\n", Texts("system"));

    /// <summary>The texts of the user's messages in order.</summary>
    public IReadOnlyList<string> UserTexts => Texts("user");

    /// <summary>The last of the user's texts; empty when there is none.</summary>
    public string LastUserText => UserTexts is [.., var last] ? last : "";

    private string[] Texts(string role) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("messages", out var messages)
        ? [.. messages.EnumerateArray().Where(message => message.GetProperty("role").GetString() == role)
            .Select(message => Text(message.GetProperty("content")))]
        : [];

    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()))
        : content.GetString() ?? "";
}
