using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

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
    private static readonly Regex Join = new(@"\bjoin\b|\bunion\b|\(\s*select\b", AnyCase);

    /// <summary>A value of a condition that is itself asked for: <c>in (select k from b)</c>, <c>> (select avg(x) from a)</c>.</summary>
    private static readonly Regex Inner = new(@"\(\s*(?<query>select\s(?:[^()]|\((?:[^()]|\([^()]*\))*\))+)\)", AnyCase);

    /// <summary>A field with its table, as a query has it that is asked for each row of another one.</summary>
    private static readonly Regex OfOtherRows = new(@"\b[A-Za-z_]\w*\.[A-Za-z_]", RegexOptions.CultureInvariant);

    private static readonly Regex InnerPlace = new(@"\binner_query_(?<place>\d+)\b", RegexOptions.CultureInvariant);

    private static readonly Regex WithinGroup = new(
        @"\bpercentile_cont\s*\(\s*(?<part>0?\.\d+|[01])\s*\)\s*within\s+group\s*\(\s*order\s+by\s+(?<of>[^()]+?)\s*\)", AnyCase);

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

        string? meant = Write(at.Text, written);
        return at.TellOpening(start - at.StatementStart + "select".Length, "a query starts with its list, and its stages follow",
            meant is null ? "write `rows | where a == 1 | select a, b`" : $"write `{meant}`") with
        {
            Fix = meant is null ? null : new DiagnosticFix(new SourceSpan(start, written.Length), meant),
        };
    }

    /// <summary>A query in parentheses, as the value of a condition: it gives a column, or one value.</summary>
    public static Diagnostic? TellInner(FailurePlace at)
    {
        if (at.Scan.Open != '(' || Inner.Match(at.Text, at.Scan.OpenAt) is not { Success: true } inner || inner.Index != at.Scan.OpenAt
            || WriteValue(at.Text, inner.Groups["query"].Value.Trim()) is not { } meant)
            return null;

        var span = new SourceSpan(inner.Index, inner.Length);
        return new Diagnostic(DslDiagnostics.Unexpected, span, "a query starts with its list, and its stages follow", $"write `({meant})`") { Fix = new DiagnosticFix(span, $"({meant})") };
    }

    /// <summary>The percentile of an ordered set, as the function that it is here.</summary>
    public static Diagnostic? TellWithinGroup(FailurePlace at)
    {
        var set = WithinGroup.Matches(at.LineFrom(at.LineStart)).Cast<Match>().FirstOrDefault(found => at.LineStart + found.Index < at.Position && at.LineStart + found.Index + found.Length > at.Position);
        if (set is null)
            return null;

        var span = new SourceSpan(at.LineStart + set.Index, set.Length);
        return WritePercentile(set) is { } meant
            ? new Diagnostic(DslDiagnostics.Unexpected, span, "a percentile is a function of its values", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) }
            : new Diagnostic(DslDiagnostics.Unexpected, span, "nothing here interpolates between two values", "`percentile(x, 95)` is the value of that rank, and `median(x)` the middle");
    }

    // Other percentiles lie between two values there, and are one of them here.
    private static string? WritePercentile(Match set) =>
        decimal.Parse(set.Groups["part"].Value, CultureInfo.InvariantCulture) == 0.5m ? $"median({set.Groups["of"].Value})" : null;

    private static string? WriteValue(string program, string query)
    {
        if (Query.Match(query) is not { Success: true, Groups: var clauses } || clauses["rest"].Success || Comma.IsMatch(clauses["columns"].Value) || OfOtherRows.IsMatch(query))
            return null;

        string column = clauses["columns"].Value.Trim();
        return Fold.Match(column) is { Success: true } fold && fold.Length == column.Length
            ? clauses["keys"].Success ? null : Write(program, query) is { } folded ? $"{folded} | get {NameOfFold(column, [WriteFold(fold)])}" : null
            : Names.Word(column, 0) == column.Length && Write(program, query) is { } listed ? $"{listed} | get {column}" : null;
    }

    private static string? Write(string program, string written)
    {
        var values = new List<string>();
        written = WithinGroup.Replace(Inner.Replace(written, inner =>
        {
            if (WriteValue(program, inner.Groups["query"].Value.Trim()) is not { } value)
                return inner.Value;
            values.Add($"({value})");
            return Invariant($"inner_query_{values.Count - 1}");
        }), set => WritePercentile(set) ?? set.Value);
        if (Join.IsMatch(written) || Query.Match(written) is not { Success: true } query || WriteStages(program, query) is not { } meant)
            return null;
        return InnerPlace.Replace(meant, place => values[int.Parse(place.Groups["place"].Value, CultureInfo.InvariantCulture)]);
    }

    private static string? WriteStages(string program, Match query)
    {

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
        // A window puts rows into an order of its own.
        bool hasWindow = WindowClause.IsIn(ClauseOf("columns"));
        bool isNamedOrder = hasWindow || columns.Any(column => NameOf(column) is { } name && name != column && Regex.IsMatch(order, $@"\b{Regex.Escape(name)}\b"));
        if (!folds && order.Length > 0 && !isNamedOrder && ClauseOf("distinct").Length == 0)
            stages.Add(order);
        if (ClauseOf("distinct").Length > 0)
            stages.Add($"distinct by {string.Join(", ", columns)}");
        if (hasWindow)
        {
            if (folds || ClauseOf("distinct").Length > 0 || WindowClause.Write(string.Join(", ", columns), isSelected: true) is not { } windows)
                return null;
            stages.Add(windows);
        }
        else if (!isAll)
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
        return name == "count" && Names.Word(of, 0) == of.Length ? $"count({of} != none)" : $"{name}({of})";
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
