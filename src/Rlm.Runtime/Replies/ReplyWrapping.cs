using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Replies;

/// <summary>
/// What may stand around an answer without changing what it says: fences, quotes, emphasis, a label such as <c>Answer:</c>, a final period,
/// a JSON string or an object of one field. A word that could deny or hedge the answer is never taken off.
/// </summary>
internal static partial class ReplyWrapping
{
    private const string Nouns =
        "label|answer|category|classification|class|type|kind|result|output|response|reply|value|verdict|decision|sentiment|topic|prediction|choice|option|number|count|total|amount|score|date|quote";

    private const string Adjectives = "final|correct|right|best|predicted|assigned|chosen|single";

    private const string Named = $@"((the|my|its|your)\s+)?(({Adjectives})\s+)?({Nouns})", Marks = @"(?<mark>\*{1,3}|_{1,2})";

    /// <summary>What stands between a label and an answer; before a number a dash may be its sign.</summary>
    private const string AmountSeparator = @"(is\b\s*:?|[:=→])", Separator = @"(is\b\s*:?|[:=→]|->|=>|[-–—](?=\s))";

    /// <summary>The reply, then what is within one wrapping after another; never empty.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isAmount">Whether signs count: a dash or a mark before a number, and brackets around it, may change it.</param>
    public static IEnumerable<string> Layers(string reply, bool isAmount = false)
    {
        for (string? text = Trim(reply); text is { Length: > 0 }; text = Inside(text, isAmount) is { } inside ? Trim(inside) : null)
            yield return text;
    }

    /// <summary>The inside of a reply that is one fenced block.</summary>
    public static string StripFence(string reply) =>
        reply.Contains("```", StringComparison.Ordinal) && Fence.Match(reply) is { Success: true } fence
            && !fence.Groups["inside"].Value.Contains("```", StringComparison.Ordinal) ? fence.Groups["inside"].Value : reply;

    /// <summary>
    /// The JSON that a reply is, fenced or not, behind a line that only announces it or not; the reply itself where there is none.
    /// </summary>
    public static string Json(string reply)
    {
        string text = Trim(StripFence(Trim(reply)));
        if (text is ['{' or '[', ..])
            return text;

        var announced = Announcement.Match(text);
        return announced.Success && !Doubt.IsMatch(announced.Groups["words"].ValueSpan)
            && Trim(StripFence(Trim(text[announced.Length..]))) is ['{' or '[', ..] inside ? inside : text;
    }

    private static string? Inside(string text, bool isAmount)
    {
        if (StripFence(text) is var unfenced && unfenced.Length < text.Length)
            return unfenced;
        if (text is ['{', .., '}'] or ['[', .., ']'] or ['"', .., '"'] && JsonValue(text) is { } value)
            return value;
        if ((isAmount ? AmountLead : Lead).Match(text) is { Success: true } lead)
            return text[lead.Length..];
        if (StripPair(text, isAmount) is { } paired)
            return paired;
        if (Boxed.Match(text) is { Success: true } boxed)
            return boxed.Groups["inside"].Value;
        if (Element.Match(text) is { Success: true } element)
            return element.Groups["inside"].Value;
        if (text.Length > 1 && text[^1] is '.' or '!' or ',' or ';' or '。' && text[^2] is not ('.' or '!' or '?' or '。'))
            return text[..^1];
        return (isAmount ? RowNumber : Bullet).Match(text) is { Success: true } bullet ? text[bullet.Length..] : null;
    }

    private static string? StripPair(string text, bool isAmount) => text switch
    {
        ['*', '*', _, .., '*', '*'] or ['_', '_', _, .., '_', '_'] => text[2..^2],
        ['"', _, .., '"'] or ['\'', _, .., '\''] or ['`', _, .., '`'] or ['“', _, .., '”'] or ['„', _, .., '“'] or ['‘', _, .., '’']
            or ['«', _, .., '»']
            or ['*', _, .., '*'] or ['_', _, .., '_'] => text[1..^1],
        ['(', _, .., ')'] or ['[', _, .., ']'] when !isAmount => text[1..^1],
        _ => null,
    };

    /// <summary>The one scalar that JSON holds: a string, a list of one, or an object whose only field is an answer by its name.</summary>
    private static string? JsonValue(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root is { ValueKind: JsonValueKind.Object } && root.EnumerateObject().ToArray() is [var field]
                && AnswerName.IsMatch(field.Name))
                root = field.Value;
            else if (root is { ValueKind: JsonValueKind.Array } && root.GetArrayLength() == 1)
                root = root[0];
            return root.ValueKind switch
            {
                JsonValueKind.String => root.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => root.GetRawText(),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Without blanks and marks that take no room around it.</summary>
    private static string Trim(string text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        return text[start..end];

        static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\u200B' and <= '\u200F' or '\u2060' or '\uFEFF';
    }

    [GeneratedRegex(@"^\s*```[\w-]*[ \t]*\r?\n(?<inside>[\s\S]*?)\r?\n?[ \t]*```\s*$")]
    private static partial Regex Fence { get; }

    [GeneratedRegex($@"^[#>\s]*({Marks}{Named}(\k<mark>\s*{Separator}|\s*{Separator}\s*\k<mark>)|{Named}\s*{Separator})\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Lead { get; }

    [GeneratedRegex($@"^({Marks}{Named}(\k<mark>\s*{AmountSeparator}|\s*{AmountSeparator}\s*\k<mark>)|{Named}\s*{AmountSeparator})\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex AmountLead { get; }

    [GeneratedRegex($@"^(({Adjectives})[ _-]?)?({Nouns})$", RegexOptions.IgnoreCase)]
    private static partial Regex AnswerName { get; }

    [GeneratedRegex($@"^<(?<name>({Nouns}))>(?<inside>[^<>]+)</\k<name>>$", RegexOptions.IgnoreCase)]
    private static partial Regex Element { get; }

    [GeneratedRegex(@"^\$*\s*\\boxed\{(\\text\{)?(?<inside>[^{}]+)\}{1,2}\s*\$*$")]
    private static partial Regex Boxed { get; }

    [GeneratedRegex(@"^(([-*•>]|#{1,6})\s+|\[1\]\s*|1[.):]\s+)(?=\S)")]
    private static partial Regex Bullet { get; }

    [GeneratedRegex(@"^\[1\]\s+(?=\S)")]
    private static partial Regex RowNumber { get; }

    /// <summary>One sentence that ends in a colon, as in "Here is the object:".</summary>
    [GeneratedRegex(@"^(?<words>[^{}\[\]:?]{1,100}):\s*(?=[{\[`])")]
    private static partial Regex Announcement { get; }

    [GeneratedRegex(@"\b(not?|none|never|cannot|without|un\w+|example|sample|template|might|may|maybe|perhaps|could|would|guess|probably|possibly|previous|wrong|incorrect|instead)\b|n['’]t\b", RegexOptions.IgnoreCase)]
    private static partial Regex Doubt { get; }
}
