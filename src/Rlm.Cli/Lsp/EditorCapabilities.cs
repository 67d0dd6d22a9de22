using System.Text.Json;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Lsp;

/// <summary>What an editor says that it can do.</summary>
internal sealed class EditorCapabilities
{
    public const string Utf8 = "utf-8", Utf16 = "utf-16";

    /// <param name="parameters">Those of its first request.</param>
    public EditorCapabilities(JsonElement parameters)
    {
        // The editor's order is what it would rather have; without a word of it, it is UTF-16.
        CountsBytes = ListTexts(parameters, "capabilities", "general", "positionEncodings").FirstOrDefault(name => name is Utf8 or Utf16) == Utf8;
        ShowsMarkdown = ListTexts(parameters, "capabilities", "textDocument", "hover", "contentFormat").Contains("markdown");
    }

    /// <summary>Whether places in lines are counted in bytes of UTF-8, and not in units of UTF-16.</summary>
    public bool CountsBytes { get; }

    public bool ShowsMarkdown { get; }

    private static IEnumerable<string> ListTexts(JsonElement parameters, params ReadOnlySpan<string> path)
    {
        var list = RpcMessage.FindProperty(parameters, path);
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!) : [];
    }
}
