using System.Buffers;

namespace Rlm.Offline.Reading;

/// <summary>A light English stemmer: plurals, -ed, -ing and a final e go; words of three letters stay.</summary>
/// <remarks>Weaker than Porter's on purpose: it never joins words that a reader would keep apart, such as police and policy.</remarks>
internal static class Stemmer
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["paid"] = "pay",
        ["bought"] = "buy",
        ["sent"] = "send",
        ["said"] = "say",
        ["went"] = "go",
        ["died"] = "die",
        ["dead"] = "die",
        ["death"] = "die",
        ["born"] = "born",
        ["wrote"] = "writ",
        ["written"] = "writ",
        ["made"] = "mak",
        ["took"] = "tak",
        ["taken"] = "tak",
        ["people"] = "person",
        ["men"] = "man",
        ["women"] = "woman",
        ["children"] = "child",
        ["broke"] = "break",
        ["broken"] = "break",
        ["lost"] = "los",
        ["met"] = "meet",
        ["gave"] = "giv",
        ["given"] = "giv",
        ["found"] = "find",
        ["left"] = "leav",
        ["news"] = "news",
    };

    public static string Stem(string word)
    {
        string text = word.ToLowerInvariant();
        if (Irregular.TryGetValue(text, out string? known))
            return known;
        if (text.Length <= 3 || !char.IsAsciiLetter(text[^1]))
            return text;

        text = Singular(text);
        if (text.Length > 5 && text.EndsWith("ing", StringComparison.Ordinal) && HasVowel(text.AsSpan(0, text.Length - 3)))
            text = Undouble(text[..^3]);
        else if (text.Length > 4 && text.EndsWith("ed", StringComparison.Ordinal) && HasVowel(text.AsSpan(0, text.Length - 2)))
            text = text.EndsWith("ied", StringComparison.Ordinal) ? text[..^3] + "y" : Undouble(text[..^2]);
        return text.Length > 3 && text[^1] == 'e' ? text[..^1] : text;
    }

    private static string Singular(string text)
    {
        if (text[^1] != 's' || text.EndsWith("ss", StringComparison.Ordinal) || text.EndsWith("us", StringComparison.Ordinal)
            || text.EndsWith("is", StringComparison.Ordinal))
            return text;
        if (text.EndsWith("ies", StringComparison.Ordinal) && text.Length > 4)
            return text[..^3] + "y";
        return text.EndsWith("sses", StringComparison.Ordinal) || text.EndsWith("xes", StringComparison.Ordinal)
            || text.EndsWith("ches", StringComparison.Ordinal) || text.EndsWith("shes", StringComparison.Ordinal)
                ? text[..^2]
                : text[..^1];
    }

    private static string Undouble(string text) =>
        text.Length > 3 && text[^1] == text[^2] && text[^1] is not ('l' or 's' or 'z') ? text[..^1] : text;

    private static bool HasVowel(ReadOnlySpan<char> text) => text.ContainsAny(Vowels);
}
