using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>A shell's pattern as it is written here; none where it may be a text or a regex, or where a regex does not parse.</summary>
internal static class GrepPattern
{
    private static readonly Regex Slashed = new(@"^/(?<regex>(?:[^/\\\n]|\\.)+)/(?<flags>\w*)$", RegexOptions.CultureInvariant);

    /// <summary>What makes a bare pattern a regex and nothing else.</summary>
    private static readonly Regex SurePart = new(@"^\^|\$$|\.[*+]|\\[dws](?:[*+]|\{\d+\})|\[[^\[\]\\]*[-^][^\[\]\\]*\][*+]?", RegexOptions.CultureInvariant);

    private static readonly Regex UnsureSign = new(@"[\\*+?(){}|""]", RegexOptions.CultureInvariant);
    private static readonly Regex RegexSign = new(@"[\\.*+?()\[\]{}|^$]", RegexOptions.CultureInvariant);
    private static readonly Regex Hole = new(@"\{[\p{L}_(`]", RegexOptions.CultureInvariant);

    public static bool IsRegex(string text) => Slashed.IsMatch(text);

    public static bool IsKeyword(string word) => Names.Reserved.Contains(word) || OperatorForms.Keywords.Contains(word);

    /// <summary>Whether a statement of the program gives the name a value.</summary>
    public static bool IsNamed(string program, string name) => Regex.IsMatch(program, $@"(?m)(?:^|;)\s*(?:let\s+)?{Regex.Escape(name)}\s*=[^=]");

    /// <summary>One pattern.</summary>
    public static string? Write(string text)
    {
        if (text[0] == '"' || IsRegex(text))
            return text;
        if (text[0] == '\'')
            return text.IndexOfAny(['"', '\\']) < 0 ? $"\"{text.Trim('\'')}\"" : text;

        string plain = SurePart.Replace(text, "");
        return UnsureSign.IsMatch(plain) || plain.Length == 0 ? null
            : plain.Length == text.Length ? $"\"{text}\""
            : IsValid(text) ? Excerpt.WriteSlashed(text)
            : null;
    }

    /// <summary>A regex of several patterns, of whole words, or of whole lines.</summary>
    public static string? WriteRegex(IReadOnlyList<string> patterns, bool isRegex, bool isWord, bool isLine)
    {
        var parts = new List<string>();
        foreach (string pattern in patterns)
        {
            var slashed = Slashed.Match(pattern);
            string part = slashed.Success ? slashed.Groups["regex"].Value.Replace("\\/", "/") : pattern.Trim('"', '\'');
            bool isSure = slashed.Success ? slashed.Groups["flags"].Length == 0 : isRegex ? !Hole.IsMatch(part) : !RegexSign.IsMatch(part);
            if (part.Length == 0 || !isSure || !IsValid(part) || (isWord && !isLine && !(Names.IsWordPart(part[0]) && Names.IsWordPart(part[part.Length - 1]))))
                return null;
            parts.Add(part);
        }

        string any = string.Join("|", parts), whole = any.IndexOf('|') < 0 ? any : $"(?:{any})";
        return Excerpt.WriteSlashed(isLine ? $"^{whole}$" : isWord ? $@"\b{whole}\b" : any);
    }

    private static bool IsValid(string regex)
    {
        try
        {
            _ = new Regex(regex, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
