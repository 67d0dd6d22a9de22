using System.Text;
using System.Text.Json;
using Rlm.Runtime.Models;

namespace Rlm.Providers.Wire;

/// <summary>Makes one short, safe line of what a server said.</summary>
internal static class ReplyText
{
    public const int MaxChars = 200;

    private const int MaxBytes = 64 * 1024;
    private static readonly string[] MessageFields = ["message", "detail", "error", "msg", "title"];

    /// <summary>
    /// The error message in the body, or its first line of text, without tags, control characters, keys and parts of them.
    /// </summary>
    /// <remarks>The key is taken out before the line is cut, so that no part of it is left at the cut.</remarks>
    public static string Excerpt(ReadOnlySpan<byte> body)
    {
        string text = KnownKeys.RedactParts(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]));
        string line = KnownKeys.RedactParts(FirstLine(Message(text) ?? Title(text) ?? text));
        if (line.Length <= MaxChars)
            return line;

        int cut = char.IsHighSurrogate(line[MaxChars - 1]) ? MaxChars - 1 : MaxChars;
        return line[..cut] + "…";
    }

    public static bool LooksLikeHtml(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    /// <summary>The text of an error object in any of the usual shapes; null when there is none.</summary>
    private static string? Message(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
            return error.GetString();

        if (error.ValueKind == JsonValueKind.Array)
            return error.GetArrayLength() > 0 ? Message(error[0]) : null;

        if (error.ValueKind != JsonValueKind.Object)
            return null;

        if (error.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object && Message(inner) is { } message)
            return message;

        foreach (string field in MessageFields)
        {
            if (error.TryGetProperty(field, out var value) && Message(value) is { Length: > 0 } found)
                return found;
        }

        return null;
    }

    private static string? Message(string body)
    {
        // Gemini puts its error into a list.
        if (body.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;

        try
        {
            using var document = JsonDocument.Parse(body);
            return Message(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Title(string body)
    {
        const string Open = "<title>", Close = "</title>";
        int start = body.IndexOf(Open, StringComparison.OrdinalIgnoreCase) + Open.Length;
        int end = start < Open.Length ? -1 : body.IndexOf(Close, start, StringComparison.OrdinalIgnoreCase);
        return end > start && body.AsSpan().TrimStart().StartsWith("<") ? body[start..end].ReplaceLineEndings(" ") : null;
    }

    private static string FirstLine(string text)
    {
        var line = new StringBuilder();
        bool inTag = false, html = text.AsSpan().TrimStart().StartsWith("<");
        foreach (char c in text)
        {
            if (html && c == '<')
                inTag = true;
            else if (inTag && c == '>')
                inTag = false;
            else if (c is '\n' or '\r' or '\u2028' or '\u2029' && !html && line.Length > 0)
                break;
            else if (!inTag && !char.IsControl(c) && !IsInvisible(c) && !char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ' && (inTag || char.IsWhiteSpace(c)))
                line.Append(' ');
        }

        return line.ToString().Trim();
    }

    /// <summary>Marks that turn the direction of text or take no room: they can make a terminal show what is not there.</summary>
    private static bool IsInvisible(char c) =>
        c is >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u206F' or '\uFEFF';
}
