using System.Net.Mime;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>The text of what a conversation holds besides words.</summary>
internal static class DataText
{
    private static readonly string[] TextTypes =
    [
        "application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/xml", "application/yaml",
        "application/x-yaml", "application/toml", "application/csv", "application/sql", "application/javascript",
    ];

    /// <summary>An attached text; null where it is none, such as an image.</summary>
    public static TextSource? Find(DataContent data, string name)
    {
        if (!ContentTypes.TryParse(data.MediaType, out var type) || !IsText(type.MediaType))
            return null;

        return type.CharSet is { } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? TextEncodings.Find(charset) is { } encoding ? TextSource.FromString(encoding.GetString(data.Data.Span), name) : null
            : TextSource.FromBytes(data.Data, name);
    }

    /// <summary>What a tool gave, as a text; null where there is none.</summary>
    public static string? Find(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement json => json.GetRawText(),
        TextContent text => text.Text,
        IEnumerable<AIContent> contents => contents.All(content => content is TextContent)
            ? string.Concat(contents.Select(content => ((TextContent)content).Text))
            : null,
        _ => AIJsonUtilities.DefaultOptions.TryGetTypeInfo(result.GetType(), out var type) ? JsonSerializer.Serialize(result, type) : null,
    };

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
        || TextTypes.Contains(type, StringComparer.OrdinalIgnoreCase);

    private static class ContentTypes
    {
        public static bool TryParse(string mediaType, out ContentType type)
        {
            try
            {
                type = new ContentType(mediaType);
                return true;
            }
            catch (FormatException)
            {
                type = new ContentType();
                return false;
            }
        }
    }
}
