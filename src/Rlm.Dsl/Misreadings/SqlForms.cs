using System.Text.RegularExpressions;
using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Text;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What SQL writes.</summary>
internal static class SqlForms
{
    private static readonly Regex OtherKey = new(@"^==?\s*(?<field>[\w`]+)", RegexOptions.CultureInvariant);

    private static readonly Regex ColumnBehindKeys = new(@"(?<=\bper\s+[^,]+(?:,\s*[\w`]+)*?)\s*,\s*(?=(?:\w+|`[^`]+`)\s*=[^=])", RegexOptions.CultureInvariant);

    private static readonly Regex FromBefore = new(@"^from\s+(?=\w+\s*\|)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Condition = new(@"^\(?\s*(?:not\s+)?\.?[\w.]+\s*(?:[=!<>]=|[<>]|(?:not\s+)?(?:contains|matches|in|starts with|ends with)\b)", RegexOptions.CultureInvariant);

    private static readonly Regex NamedFold = new(@"^(?<fold>\w+)\((?<of>[^()]*)\)\s+as\s+(?<name>\w+)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex BothNames = new(@"^\.(?<left>\w+)\s*==?\s*\w+\.(?<right>\w+)$", RegexOptions.CultureInvariant);

    /// <summary>A fold of a field, by fields: behind a key that is computed a name may be that of the key.</summary>
    private static readonly Regex FoldByKeys = new(@"^(?<value>\w+|\(\w+\))(?<by>(?:\s+by\s+\w+(?:\s*,\s*\w+)*)?)$", RegexOptions.CultureInvariant);

    /// <summary>Aggregates, each with its name, and the last of their keys, which is a bare name.</summary>
    private static readonly Regex AggregateByKey = new(@"^(?<before>\w+\s*=.*\sby\s+(?:.*,\s*)?)(?<key>\w+|`[^`]+`)$", RegexOptions.CultureInvariant);

    private static readonly Regex CalendarSpan = new("^(?<count>\\d+)(?<unit>mo|mon|months?|q|quarters?|y|yr|years?)$", RegexOptions.CultureInvariant);

    private static readonly Regex CountedOnce = new(@"(?<=\|\s*)count\s*\(\s*distinct\s+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex CountedField = new(@"^(?<of>[^()]+?)\s*\)(?:\s+as\s+(?<name>\w+))?(?<by>\s+by\s+[^|()]+?)?(?=\s*(?:$|\||\)))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static string CalendarUnitOf(string unit) => unit[0] switch { 'm' => "month", 'q' => "quarter", _ => "year" };

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("let", "write `| extend NAME = EXPRESSION`"),
        new("union", "put both into a list and flatten it: `[a, b] | flatten`"),
        new("exists", "write `x != none`"),
        new("if case", "write `if CONDITION then a else b`"),
        new("quantile percentile_cont quantile_cont", "`percentile(x, 95)` is the value of that rank and `median(x)` the middle; nothing here lies between two values"),
        new("desc", "it follows its key without a comma: `sort by KEY desc`"),
        new("asc", "it follows its key without a comma: `sort by KEY asc`"),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("SQL: a whole query", Statement, "", "", SqlQuery.Tell),
        new("SQL: from before a pipe", Statement, "", "", at => FromBefore.Match(at.StatementLine) is { Success: true } from
            ? at.TellOpening(from.Length, "a variable stands at the start by itself", "leave `from` out") with { Fix = new(new(at.StatementStart, from.Length), "") }
            : null),
        OfStatement("SQL: from", "from", "a query starts with its list", "write `context | lines | where it contains \"…\"`"),

        OfRelation("SQL: like", "like ilike not", LikePattern.Tell),

        new("SQL: count distinct", Stage, "count", "distinct unique", at => at.Before.Length == 0 || at.Scan.Open == '('
            ? at.Tell("what is counted once is made `distinct` first", at.Argument.TrimEnd(')') is var of && of.IndexOf(" by ", StringComparison.Ordinal) is > 0 and var by
                ? $"write `aggregate count = distinct_count({of.Substring(0, by)}){of.Substring(by)}`" : $"write `| {CountOnce(of)}`")
            : null),
        new("SQL: count distinct in parentheses", StageForm, "distinct", "", at => CountedOnce.Match(at.LineFrom(at.LineStart).Substring(0, at.Position - at.LineStart)) is { Success: true } count
            && CountedField.Match(at.Rest) is { Success: true, Groups: var field } written
                ? TellCountOnce(at, at.LineStart + count.Index, at.Position + written.Length, field)
                : null),
        new("SQL: limit with offset", Stage, "first limit take head", ",", at =>
            at.Tell($"`{at.HeadWord}` takes one number", "write `| skip 5 | first 10`")),
        new("SQL: select star", Stage, "select", "*", at =>
            at.Tell("there is no `*`: rows keep all their fields", "leave the stage out, or name the fields: `select a, b`")),
        new("SQL: aggregate star", Stage, "aggregate summarize summarise", "*", at => at.Tell("`count` takes no `*`", "write `count()`")),

        new("SQL: group by and fold", StageForm, "group", "count sum average min max median", at =>
            at.Before.StartsWith("by ", StringComparison.Ordinal)
                ? at.Tell($"`{at.Word}` folds by a key itself", $"write `{at.RestOfStage} {at.Before}`")
                : null),
        new("SQL: a partition of each column", StageForm, "extend mutate assign derive with set", "per", at =>
            at.Head is var (_, head) && ColumnBehindKeys.Match(at.Text.Substring(head.End, at.Position - head.End)) is { Success: true } column
                ? at.Tell("`per` stands behind all columns of its stage", $"write `extend{at.Text.Substring(head.End, column.Index)} | extend {Excerpt.UpToPipe(at.LineFrom(head.End + column.Index + column.Length))}`") with
                {
                    Fix = new DiagnosticFix(new SourceSpan(head.End + column.Index, column.Length), " | extend "),
                }
                : null),
        new("SQL: a window", StageForm, "", "", WindowClause.Tell),
        new("SQL: a query as a value", StageForm, "select", "", SqlQuery.TellInner),
        new("SQL: a percentile of an ordered set", StageForm, "", "", SqlQuery.TellWithinGroup),
        new("SQL: having", StageForm, "", "having", at => at.Tell("a fold is filtered with `where`",
            at.HeadWord == "group" ? $"write `count {at.Before} | where {at.Argument}`" : $"write `| where {at.Argument}`")),
        new("SQL: a condition behind select", StageForm, "select", "", at =>
            at.Head is var (_, head) && Excerpt.UpToPipe(at.LineFrom(head.End)) is var condition && Condition.IsMatch(condition)
                ? at.Tell("`select` names columns, and rows are filtered with `where`", $"write `where {Excerpt.WithoutParentheses(condition)}`")
                : null),
        new("SQL: select distinct", StageForm, "select", "", at => at.Before == "distinct" && at.IsWord
            ? at.Tell("rows are made `distinct` by a key", $"write `| distinct by {at.RestOfStage} | select {at.RestOfStage}`")
            : null),
        new("SQL: a group with its fold", StageForm, "group groupby group_by", "with", at => NamedFold.Match(at.Argument) is { Success: true, Groups: var fold }
            ? at.Tell("groups are folded with `aggregate`", $"write `aggregate {fold["name"].Value} = {fold["fold"].Value}({fold["of"].Value.Trim('*')}) {at.Before}`")
            : null),
        new("SQL: join on both names", StageForm, "join inner", ".", at => BothNames.Match(at.RestOfStage) is { Success: true, Groups: var both }
            && both["left"].Value == both["right"].Value && at.Before.LastIndexOf(' ') is > 0 and var name
                ? at.MendStage("the field of both sides is named once", $"join {at.Before.Remove(name).Replace("join ", "")} {both["left"].Value}")
                : null),
        new("SQL: join using", StageForm, "join", "using where", at =>
            at.Tell("rows are joined `on` a field", $"write `join {at.Before} on {at.Argument.Trim('(', ')')}`")),
        new("SQL: join on both sides", StageForm, "join", "= ==", at =>
            at.Before.IndexOf(" on ", StringComparison.Ordinal) is > 0 and var on && OtherKey.Match(at.Rest) is { Success: true } other
                ? at.Tell("the field of both sides is named once", at.Before.Substring(on + 4).Trim() is var key && key == other.Groups["field"].Value
                    ? $"write `join {at.Before}`" : $"write `join ({at.Before.Substring(0, on)} | extend {key} = {other.Groups["field"].Value}) on {key}`")
                : null),
        new("SQL: rank limit", StageForm, "rank search", "first take", at => Excerpt.NumberIn(at.Behind) is { } best
            ? at.Tell("`rank` takes how many behind `top`", $"write `rank {at.Before} top {best}`")
            : null),

        new("SQL: a name for a count", Token, "count", "as", at =>
            at.Before is "" or "()" or "(*)" || at.Before.StartsWith("by ", StringComparison.Ordinal)
                ? at.Tell("a count that has a name is an aggregate", $"write `aggregate {at.Argument} = {$"count() {at.Before.TrimStart('(', '*', ')')}".TrimEnd()}`")
                : null),

        new("SQL: a name behind a key", StageForm, "group groupby group_by", "as", at => SplitKeys(at) is var (keys, key) && Names.Word(at.Argument, 0) == at.Argument.Length
            ? at.Tell("a key's name stands before it", $"write `group by {keys}{at.Argument} = {key}`")
            : null),
        new("SQL: a name behind an aggregate's key", StageForm, "aggregate summarize summarise agg stats", "as", at =>
            AggregateByKey.Match(at.Before) is { Success: true, Groups: var last } && Names.Word(at.Argument, 0) is > 0 and var end
                ? at.Tell("a key's name stands before it", $"write `aggregate {last["before"].Value}{at.Argument.Substring(0, end)} = {last["key"].Value}{at.Argument.Substring(end)}`")
                : null),
        new("SQL: a name for a fold", StageForm, "sum average avg mean min max median stdev", "as", at => FoldByKeys.Match(at.Before) is { Success: true, Groups: var fold }
            ? at.Tell("a fold that has a name is an aggregate",
                $"write `aggregate {at.Argument} = {at.HeadWord}({fold["value"].Value.Trim('(', ')')}){fold["by"].Value}`")
            : null),
        new("SQL: a month as a duration", Token, "", "", at => CalendarSpan.Match(at.Word) is { Success: true, Groups: var span } && at.StatementBefore.Contains("bin(")
            ? at.Tell("months and years differ in length: `bin` takes their names", $"write `\"{CalendarUnitOf(span["unit"].Value)}\"`") with
            {
                Fix = span["count"].Value == "1" ? new DiagnosticFix(at.Span, $"\"{CalendarUnitOf(span["unit"].Value)}\"") : null,
            }
            : null),

        OfWord("SQL: like without a text", "like", "there is no `like`", "write `x contains \"…\"`, `x starts with \"…\"` or `x matches /…/i`"),
        OfWord("SQL: ilike without a text", "ilike", "there is no `ilike`", "write `x matches /…/i`"),
        OfWord("SQL: mod", "mod", "there is no `mod`", "write `x % y`"),
        OfWord("SQL: div", "div", "there is no `div`", "write `(x - x % y) / y`"),
    ];

    /// <summary>As in SQL, what has no value is not counted.</summary>
    private static string CountOnce(string of) => $"{(Names.Word(of, 0) == of.Length ? $"where {of} != none | " : "")}distinct by {of} | count";

    private static Diagnostic TellCountOnce(FailurePlace at, int start, int end, GroupCollection field)
    {
        string of = field["of"].Value, by = field["by"].Value;
        string meant = field["name"].Success || by.Length > 0 ? $"aggregate {(field["name"].Success ? field["name"].Value : "count")} = distinct_count({of}){by}" : CountOnce(of);
        var span = SourceSpan.Between(start, end);
        return new Diagnostic(DslDiagnostics.Unexpected, at.Span, "what is counted once is made `distinct` first", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) };
    }

    /// <summary>The keys of a group before the last one, and that.</summary>
    private static (string Before, string Last) SplitKeys(FailurePlace at)
    {
        string keys = at.Before.StartsWith("by ", StringComparison.Ordinal) ? at.Before.Substring(3).Trim() : at.Before;
        int comma = keys.Length - 1;
        for (int depth = 0; comma >= 0 && (keys[comma] != ',' || depth > 0); comma--)
            depth += keys[comma] is ')' ? 1 : keys[comma] is '(' ? -1 : 0;
        return comma < 0 ? ("", keys) : ($"{keys.Substring(0, comma)}, ", keys.Substring(comma + 1).Trim());
    }
}
