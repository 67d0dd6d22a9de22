using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Prompts;

/// <summary>The labels that a header lists in quotes: <c>one of 2 categories: 'ham', 'spam'</c>.</summary>
internal static partial class LabelList
{
    /// <exception cref="FormatException">Header and recap list different ones.</exception>
    public static IReadOnlyList<string> Find(string header, string recap)
    {
        IReadOnlyList<string>? found = null;
        foreach (Match list in Lists.Matches($"{header}\n\n{recap}"))
        {
            string[] labels = [.. list.Groups["label"].Captures.Select(capture => capture.Value)];
            if (found is not null && !found.ToHashSet(StringComparer.Ordinal).SetEquals(labels))
                throw new FormatException(
                    $"The prompt lists labels twice, and not the same: {string.Join(", ", found)}, and {string.Join(", ", labels)}.");
            found ??= [.. labels.Distinct(StringComparer.Ordinal)];
        }

        return found ?? [];
    }

    // An apostrophe inside a label has a letter behind it.
    [GeneratedRegex(@"\b(labels?|categor(y|ies)|class(es)?|types?|topics?)\b[^.\n'""‘’“”`]{0,60}[:(\[ ]\s*
        ['""‘“`](?<label>([^'""’”`\n]|['’](?=\w))+)['""’”`]
        (\s*(,|;|\bor\b|\band\b|,\s*(or|and)\b)\s*['""‘“`](?<label>([^'""’”`\n]|['’](?=\w))+)['""’”`])+",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Lists { get; }
}
