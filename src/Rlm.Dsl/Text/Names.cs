namespace Rlm.Dsl.Text;

/// <summary>How names are written: words, and what stands in backticks.</summary>
internal static class Names
{
    /// <summary>The words that are never names.</summary>
    public static readonly IReadOnlyCollection<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "let", "answer", "assert", "if", "then", "else", "and", "or", "not", "in", "by", "as", "true", "false", "none", "llm", "rlm",
    };

    /// <summary>The item's own names.</summary>
    public static readonly IReadOnlyCollection<string> OfItem = ["it", "index"];

    public static bool IsWordStart(char c) => c == '_' || char.IsLetter(c);

    public static bool IsWordPart(char c) => c == '_' || char.IsLetterOrDigit(c);

    public static int Word(string source, int position)
    {
        // Models write shell variables; `$name` is `name`.
        int start = position < source.Length && source[position] == '$' ? position + 1 : position;
        if (start >= source.Length || !IsWordStart(source[start]))
            return -1;

        int end = start + 1;
        while (end < source.Length && IsWordPart(source[end]))
            end++;
        return end;
    }

    /// <summary>A name in backticks, which may hold blanks and signs.</summary>
    public static int ReadQuotedName(string source, int position)
    {
        if (position >= source.Length || source[position] != '`')
            return -1;

        int end = source.IndexOfAny(['`', '\n'], position + 1);
        return end > position + 1 && source[end] == '`' ? end + 1 : -1;
    }

    /// <summary>The name of a field as a program writes it: a word, a name in backticks, or a key of the item.</summary>
    public static string Write(string name) =>
        name.Length > 0 && name[0] != '$' && Word(name, 0) == name.Length && !Reserved.Contains(name) ? name
        : name.IndexOfAny(['`', '\n', '\r']) < 0 ? $"`{name}`"
        : $"it[\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"]";
}
