using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Misreadings;

/// <summary>Types of replies in the notation of other languages, written again in ours.</summary>
internal static class ReplyTypeText
{
    private const string Label = "(?<label>\"[^\"\\n]*\"|'[^'\\n]*'|(?!or\\b)[\\w-]+)";

    /// <summary>Two labels or more, with whatever words and signs other languages put around and between them.</summary>
    private static readonly Regex Labels = new(
        $"^(?:(?:in|from|one of|(?<head>\\w+))\\b(?: the \\w+)?[\\s:]*)?[\\[({{]?\\s*{Label}(?:\\s*(?:,|\\||/|\\bor\\b)\\s*{Label})+", RegexOptions.CultureInvariant);

    private static readonly Regex Field = new(
        "^\\s*[\"']?(?<name>\\w+)[\"']?\\s*(?<optional>\\??)\\s*(?:[:=]\\s*[\"']?(?<type>[^\"']+?)[\"']?\\s*)?$", RegexOptions.CultureInvariant);

    /// <summary>The labels that a text starts with, in brackets; null where there are none.</summary>
    public static string? LabelsIn(string text)
    {
        var match = Labels.Match(text.TrimStart());
        string[] labels = [.. match.Groups["label"].Captures.Cast<Capture>().Select(capture => capture.Value.Trim('"', '\''))];
        bool isKnownHead = !match.Groups["head"].Success || TypeSynonyms.OpensLabels(match.Groups["head"].Value);
        return match.Success && isKnownHead && !labels.Any(label => label is "fail" or "skip" or "none" or "null" || TypeAt(label) is not null)
            ? $"[{string.Join(", ", labels.Select(label => $"\"{label}\""))}]"
            : null;
    }

    /// <summary>A record's fields, each with a type; null where they cannot be told.</summary>
    public static string? RecordIn(string text)
    {
        int end = text.IndexOf('}');
        string[] fields = (end < 0 ? text : text.Substring(0, end)).Split([',', ';'], StringSplitOptions.RemoveEmptyEntries);
        Match[] matches = [.. fields.Where(field => field.Trim().Length > 0).Select(field => Field.Match(field))];
        return matches.Length > 0 && matches.All(match => match.Success)
            ? $"{{{string.Join(", ", matches.Select(match => $"{match.Groups["name"].Value}: {TypeAt(match.Groups["type"].Value) ?? "text"}{match.Groups["optional"].Value}"))}}}"
            : null;
    }

    /// <summary>The type that the first word names.</summary>
    public static string? TypeAt(string text)
    {
        string word = text.TrimStart(' ', '>', ':', '=', '"').Split(' ', '|', '"', ',', '?')[0];
        string type = TypeSynonyms.Canonical(word);
        return RlmType.FindNamed(type) is null ? null : type;
    }
}
