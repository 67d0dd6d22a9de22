using System.Text;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>Writes literals of the language.</summary>
internal static class ProgramText
{
    public static string Quote(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '{' => "{{",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The text as a regex that matches it literally.</summary>
    public static string Escape(string text, bool isFolded = true)
    {
        StringBuilder regex = new();
        foreach (char c in isFolded ? Blanks.Fold(text) : text)
        {
            if (@"\/.*+?|()[]{}^$#".Contains(c, StringComparison.Ordinal))
                regex.Append('\\');
            regex.Append(c);
        }

        return regex.ToString();
    }

    /// <summary>A regex for a word and its inflections.</summary>
    public static string Inflect(Word word)
    {
        string stem = word.Stem, lower = word.Text.ToLowerInvariant();
        if (!lower.StartsWith(stem, StringComparison.Ordinal) && !stem.EndsWith('y'))
            return $@"\b{Escape(lower)}\b";
        if (!stem.All(char.IsAsciiLetter))
            return Escape(lower);
        return stem.Length <= 3 ? $@"\b{stem}(s|es|ed|ing)?\b"
            : stem.EndsWith('y') ? $@"\b{stem[..^1]}(y|ies|ied)\b"
            : $@"\b{stem}\w*";
    }
}
