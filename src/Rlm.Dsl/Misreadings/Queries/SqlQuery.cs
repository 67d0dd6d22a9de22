using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>A whole <c>SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY … LIMIT …</c>, whose clauses are stages here, in the order in which they happen.</summary>
internal static class SqlQuery
{
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Query = new(
        @"^select\s+(?<distinct>distinct\s+)?(?<columns>.+?)\s+from\s+(?:(?<from>\w+)|\((?<from>[^()]+)\))(?:\s+where\s+(?<where>.+?))?(?:\s+group\s+by\s+(?<keys>.+?))?(?:\s+having\s+(?<having>.+?))?"
        + @"(?:\s+order\s+by\s+(?<order>.+?))?(?:\s+limit\s+(?<limit>\d+))?(?:\s+offset\s+(?<skip>\d+))?(?<rest>\s*\|.*)?$",
        AnyCase | RegexOptions.Singleline);

    /// <summary>A clause on a line of its own.</summary>
    private static readonly Regex Clause = new(@"\G(?:from|where|and|or|group\s+by|having|order\s+by|limit|offset)\b", AnyCase);

    private static readonly Regex Column = new(@"^(?<value>(?<word>\w+)(?:\s*\((?<of>[^()]*)\))?|.+?)(?:\s+as\s+(?<name>\w+))?$", AnyCase);
    private static readonly Regex Fold = new(@"\b(?<fold>count|sum|avg|mean|average|min|max|median|stdev|stddev)\s*\((?<of>[^()]*)\)", AnyCase);
    private static readonly Regex Comma = new(@",(?![^()]*\))", RegexOptions.CultureInvariant);
    private static readonly Regex Place = new(@"^\d+", RegexOptions.CultureInvariant);
    private static readonly Regex From = new(@"\sfrom\s", AnyCase);
    private static readonly Regex Join = new(@"\bjoin\b|\bunion\b|\(\s*select\b|\bover\s*\(", AnyCase);

    public static Diagnostic? Tell(FailurePlace at)
    {
        int start = at.StatementStart + Excerpt.LeaderOf(at.StatementLine).Length;
        if (!at.LineFrom(start).StartsWith("select ", StringComparison.OrdinalIgnoreCase))
            return null;

        int indentation = Layout.CommonIndentation(at.Text), end = Layout.SkipToNextStatement(at.Text, at.StatementStart, indentation);
        while (end < at.Text.Length && Clause.IsMatch(at.Text, end))
            end = Layout.SkipToNextStatement(at.Text, end, indentation);
        string written = at.Text.Substring(start, end - start).TrimEnd(' ', ';', '\r', '\n');
        if (written.Length > 1_000 || !From.IsMatch(written))
            return null;

        string? meant = Join.IsMatch(written) ? null : Write(at.Text, Query.Match(written));
        return at.TellOpening(start - at.StatementStart + "select".Length, "a query starts with its list, and its stages follow",
            meant is null ? "write `rows | where a == 1 | select a, b`" : $"write `{meant}`") with
        {
            Fix = meant is null ? null : new DiagnosticFix(new SourceSpan(start, written.Length), meant),
        };
    }

    private static string? Write(string program, Match query)
    {
        if (!query.Success)
            return null;

        string ClauseOf(string name) => query.Groups[name].Value.Trim();
        var columns = Comma.Split(ClauseOf("columns")).Select(column => Fold.Replace(column.Trim(), WriteFold)).ToList();
        if (Fold.Matches($"{ClauseOf("having")} {ClauseOf("order")}").Cast<Match>().Any(fold => !columns.Any(column => column.StartsWith(WriteFold(fold), StringComparison.Ordinal))))
            return null;

        bool folds = columns.Any(Fold.IsMatch), isAll = columns is ["*"];
        string from = ClauseOf("from");
        List<string> stages = [IsNamed(program, from) || from.Contains('|') || !string.Equals(from, "context", StringComparison.OrdinalIgnoreCase) ? from : $"{from.ToLowerInvariant()} | parse csv"];
        if (ClauseOf("where") is { Length: > 0 } condition)
        {
            if (LikePattern.Condition.Matches(condition).Cast<Match>().Any(like => LikePattern.Write(like) is null))
                return null;
            stages.Add($"where {LikePattern.Condition.Replace(condition, like => LikePattern.Write(like)!)}");
        }

        string order = ClauseOf("order").Length == 0 ? "" : $"sort by {string.Join(", ", Comma.Split(ClauseOf("order")).Select(key => WriteOrder(key.Trim(), columns)))}";
        bool isNamedOrder = columns.Any(column => NameOf(column) is { } name && name != column && Regex.IsMatch(order, $@"\b{Regex.Escape(name)}\b"));
        if (!folds && order.Length > 0 && !isNamedOrder && ClauseOf("distinct").Length == 0)
            stages.Add(order);
        if (ClauseOf("distinct").Length > 0)
            stages.Add($"distinct by {string.Join(", ", columns)}");
        if (!isAll)
            stages.Add($"select {string.Join(", ", columns)}{(ClauseOf("keys").Length > 0 ? $" by {ClauseOf("keys")}" : "")}");
        if (ClauseOf("having") is { Length: > 0 } having)
            stages.Add($"where {Fold.Replace(having, fold => NameOfFold(fold.Value, columns))}");
        if (order.Length > 0 && !stages.Contains(order))
            stages.Add(order);
        if (ClauseOf("skip") is { Length: > 0 } skipped)
            stages.Add($"skip {skipped}");
        if (ClauseOf("limit") is { Length: > 0 } limit)
            stages.Add($"first {limit}");
        return string.Join(" | ", stages) + (ClauseOf("rest") is { Length: > 0 } rest ? $" {rest}" : "");
    }

    /// <summary>A fold as it is written here: the count of a column is that of its values.</summary>
    private static string WriteFold(Match fold)
    {
        string name = fold.Groups["fold"].Value.ToLowerInvariant(), of = fold.Groups["of"].Value.Trim();
        return name == "count" && Text.Names.Word(of, 0) == of.Length ? $"count({of} != none)" : $"{name}({of})";
    }

    /// <summary>Whether a statement of the program gives the name a value.</summary>
    private static bool IsNamed(string program, string name) => Regex.IsMatch(program, $@"(?m)^\s*(?:let\s+)?{Regex.Escape(name)}\s*=[^=]");

    private static string WriteOrder(string key, List<string> columns) =>
        Place.Match(key) is { Success: true } place && int.Parse(place.Value, CultureInfo.InvariantCulture) is var number && number >= 1 && number <= columns.Count
            ? $"{NameOf(columns[number - 1]) ?? columns[number - 1]}{key.Substring(place.Length)}"
            : Fold.Replace(key, fold => NameOfFold(fold.Value, columns));

    /// <summary>What a column is called; null where it has no name.</summary>
    private static string? NameOf(string column) => Column.Match(column) is { Success: true, Groups: var parts }
        ? parts["name"].Success ? parts["name"].Value : parts["word"].Success ? CalledAs(parts["word"].Value, parts["of"].Success) : null
        : null;

    private static string NameOfFold(string fold, List<string> columns) =>
        columns.FirstOrDefault(column => column.StartsWith(WriteFold(Fold.Match(fold)), StringComparison.Ordinal)) is { } column && NameOf(column) is { } name ? name
            : CalledAs(fold.Substring(0, fold.IndexOf('(')).Trim(), true);

    private static string CalledAs(string word, bool isCall) => !isCall ? word : FunctionSynonyms.Canonical(word) ?? word.ToLowerInvariant();
}
