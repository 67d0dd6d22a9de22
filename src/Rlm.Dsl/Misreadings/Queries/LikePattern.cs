using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>A <c>LIKE</c> of SQL, whose <c>%</c> is any text and whose <c>_</c> is any one sign.</summary>
internal static class LikePattern
{
    private const string Literal = @"(?<word>i?like)\s+(?:""(?<text>[^""\n]*)""|'(?<text>[^'\n]*)')";

    public static readonly Regex Condition = new($@"\b(?<not>not\s+)?{Literal}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Behind = new($@"\G(?:not\s+)?{Literal}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex NotBefore = new(@"\bnot\s+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static Diagnostic? Tell(FailurePlace at, RelationOperands around)
    {
        if (Behind.Match(at.Text, at.Position) is not { Success: true } written)
            return null;

        int start = at.Position - NotBefore.Match(at.StatementBefore).Length;
        string left = Excerpt.OperandOrName(at.StatementBefore.Remove(start - at.StatementStart));
        var condition = Condition.Match(at.Text, start, written.Index + written.Length - start);
        string word = condition.Groups["word"].Value;
        return Write(condition) is { } relation
            ? at.Tell($"there is no `{word}`", $"write {Excerpt.Quote($"{left} {relation}")}") with { Fix = new DiagnosticFix(new SourceSpan(start, condition.Length), relation) }
            : at.Tell($"there is no `{word}`", $"write `{left} matches /…/`");
    }

    /// <summary>The relation that a condition means; null where a sign of it may mean itself.</summary>
    public static string? Write(Match condition)
    {
        string text = condition.Groups["text"].Value, not = condition.Groups["not"].Success ? "not " : "";
        if (text.Trim('%').Length == 0 || text.IndexOfAny(['\\', '"']) >= 0)
            return null;

        bool opens = text[0] == '%', closes = text[text.Length - 1] == '%', ignoresCase = condition.Groups["word"].Value[0] is 'i' or 'I';
        string sought = text.Trim('%');
        if (!ignoresCase && sought.IndexOfAny(['_', '%']) < 0)
        {
            return opens || closes ? $"{not}{(opens && closes ? "contains" : opens ? "ends with" : "starts with")} \"{sought}\""
                : $"{(not.Length > 0 ? "!=" : "==")} \"{sought}\"";
        }

        string regex = Regex.Escape(sought).Replace("/", "\\/").Replace("\\ ", " ").Replace("_", ".").Replace("%", ".*");
        return sought.Contains('{') ? null : $"{not}matches /{(opens ? "" : "^")}{regex}{(closes ? "" : "$")}/{(ignoresCase ? "i" : "")}";
    }
}
