using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Walking;

/// <summary>A line of an ignore file, in git's syntax (https://git-scm.com/docs/gitignore).</summary>
internal sealed class IgnorePattern
{
    private readonly Regex _path;
    private readonly bool _isForDirectories;

    private IgnorePattern(Regex path, bool isForDirectories, bool isNegated)
    {
        _path = path;
        _isForDirectories = isForDirectories;
        IsNegated = isNegated;
    }

    /// <summary>Whether what it matches is taken in again.</summary>
    public bool IsNegated { get; }

    /// <summary>The pattern of a line; null where it is blank, a comment or no pattern.</summary>
    public static IgnorePattern? Read(string line)
    {
        string text = WithoutTrailingBlanks(line.TrimEnd('\r'));
        if (text.Length == 0 || text[0] == '#')
            return null;

        bool isNegated = text[0] == '!';
        text = isNegated ? text[1..] : text;
        bool isForDirectories = text.EndsWith('/');
        text = isForDirectories ? text[..^1] : text;
        bool isAnchored = text.Contains('/', StringComparison.Ordinal);
        text = text.StartsWith('/') ? text[1..] : text;
        if (text.Length == 0 || Translate(text) is not { } path)
            return null;

        return new IgnorePattern(
            new Regex(
                $@"\A{(isAnchored ? "" : "(?:.*/)?")}{path}\z",
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline),
            isForDirectories, isNegated);
    }

    /// <summary>Whether it is about that path.</summary>
    /// <param name="path">The path from the ignore file's directory, with slashes.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    public bool IsMatch(ReadOnlySpan<char> path, bool isDirectory) => (isDirectory || !_isForDirectories) && _path.IsMatch(path);

    private static string WithoutTrailingBlanks(string line)
    {
        int end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && (end < 2 || line[end - 2] != '\\'))
            end--;
        return line[..end];
    }

    /// <summary>The pattern as a regular expression; null where a class is not closed.</summary>
    private static string? Translate(string text)
    {
        var path = new StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '*')
            {
                int end = at;
                while (end < text.Length && text[end] == '*')
                    end++;
                bool isWhole = end - at == 2 && (at == 0 || text[at - 1] == '/') && (end == text.Length || text[end] == '/');
                path.Append(!isWhole ? "[^/]*" : end == text.Length ? ".*" : "(?:.*/)?");

                // The slash behind two stars is in what stands for them.
                at = isWhole && end < text.Length ? end : end - 1;
            }
            else if (c == '?')
            {
                path.Append("[^/]");
            }
            else if (c == '[')
            {
                if (TranslateClass(text, ref at) is not { } set)
                    return null;
                path.Append(set);
            }
            else
            {
                if (c == '\\' && ++at == text.Length)
                    return null;
                path.Append(Regex.Escape(text[at].ToString()));
            }
        }

        return path.ToString();
    }

    private static string? TranslateClass(string text, ref int at)
    {
        var set = new StringBuilder("[");
        int next = at + 1;
        if (next < text.Length && text[next] is '!' or '^')
        {
            set.Append("^/");
            next++;
        }

        for (int first = next; next < text.Length; next++)
        {
            if (text[next] == ']' && next > first)
            {
                at = next;
                return set.Append(']').ToString();
            }

            bool isRange = text[next] == '-' && next > first && next + 1 < text.Length && text[next + 1] != ']';
            if (isRange)
            {
                set.Append('-');
                continue;
            }

            if (text[next] == '\\' && ++next == text.Length)
                return null;
            set.Append(text[next] is ']' or '[' or '\\' or '^' or '-' ? $@"\{text[next]}" : text[next].ToString());
        }

        return null;
    }
}
