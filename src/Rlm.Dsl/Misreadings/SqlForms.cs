using System.Text.RegularExpressions;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What SQL writes.</summary>
internal static class SqlForms
{
    private const string Folds = "sum average min max median share aggregate summarize reduce";

    private static readonly Regex Alias = new(@"^\s*(?<value>.+?)\s+as\s+(?<name>\w+)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex ItemComma = new(@",(?![^(]*\))", RegexOptions.CultureInvariant);
    private static readonly Regex OpensList = new(@"\bin$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Limits = new(
        "^\\s*(?<low>\"[^\"]*\"|'[^']*'|[\\w.]+)\\s+and\\s+(?<high>\"[^\"]*\"|'[^']*'|[\\w.]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("having", "write `| where CONDITION` after the fold"),
        new("with let set add assign derive compute calculate", "write `| extend NAME = EXPRESSION`"),
        new("union", "put both into a list and flatten it: `[a, b] | flatten`"),
        new("parse_date to_date", "write `date(x)`"),
        new("to_number", "write `number(x)`"),
        new("substring substr", "write `slice(x, 0, 10)`"),
        new("right", "write `last(x, 10)`"),
        new("countif count_if", "write `count(x)` in `aggregate`, or `| count x`"),
        new("countdistinct count_distinct", "write `distinct_count(x)` in `aggregate`, or `| distinct by x | count`"),
        new("is_null", "write `x == none`"),
        new("ifnull", "write `coalesce(x, \"…\")`"),
        new("exists", "write `x != none`"),
        new("if case", "write `if CONDITION then a else b`"),
        new("now today", "a program has no clock; write the date: `date(\"2026-01-31\")`"),
        new("desc", "it follows its key without a comma: `sort by KEY desc`"),
        new("asc", "it follows its key without a comma: `sort by KEY asc`"),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("SQL: a whole query", Statement, "", "", at =>
            string.Equals(at.FirstWord, "select", StringComparison.OrdinalIgnoreCase) && at.StatementLine.IndexOf(" from ", StringComparison.OrdinalIgnoreCase) > 0
                ? at.TellOpening(at.FirstWord.Length, "a query starts with its list, and its stages follow",
                    "write `context | lines | where it contains \"…\"`, or `rows | where a == 1 | select a, b`")
                : null),
        OfStatement("SQL: from", "from", "a query starts with its list", "write `context | lines | where it contains \"…\"`"),

        OfRelation("SQL: like", "like ilike", (at, around) =>
        {
            if (!around.IsRightQuoted)
                return null;

            bool opens = around.Text is ['%', ..], closes = around.Text is [.., '%'];
            string relation = opens == closes ? opens ? "contains" : "==" : opens ? "ends with" : "starts with";
            return at.Tell($"there is no `{at.Word}`", $"write `{around.Left} {relation} \"{around.Text.Trim('%')}\"`");
        }),
        OfRelation("SQL: between", "between", (at, around) =>
        {
            if (Limits.Match(around.Behind) is not { Success: true } range)
                return null;

            // Texts have no order; what is written as dates is read as dates.
            bool areDates = range.Groups["low"].Value is ['"' or '\'', >= '0' and <= '9', ..];
            string subject = areDates ? $"date({around.Left})" : around.Left;
            string Limit(string group) => areDates ? $"date({range.Groups[group].Value})" : range.Groups[group].Value;
            return at.Tell("there is no `between`", $"write `{subject} >= {Limit("low")} and {subject} <= {Limit("high")}`");
        }),
        OfRelation("SQL: in with parentheses", ",", (at, _) =>
        {
            if (at.Scan.Open != '(' || !OpensList.IsMatch(at.Text.Substring(at.StatementStart, at.Scan.OpenAt - at.StatementStart).TrimEnd()))
                return null;

            string items = at.LineFrom(at.Scan.OpenAt + 1);
            return at.Tell("a list stands in brackets",
                items.IndexOf(')') is var end and > 0 ? $"write `in [{items.Substring(0, end)}]`" : "write `in [\"a\", \"b\"]`");
        }),

        new("SQL: count where", Stage, "count", "where if when", at =>
            at.Before.Length == 0 ? at.Tell($"`count` takes its condition without `{at.Word}`", $"write `| count {at.Argument}`") : null),
        new("SQL: count distinct", Stage, "count", "distinct unique", at => at.Before.Length == 0 || at.Scan.Open == '('
            ? at.Tell("what is counted once is made `distinct` first", $"write `| distinct by {at.Argument.TrimEnd(')')} | count`")
            : null),
        new("SQL: aggregate as", Stage, "aggregate summarize summarise", "(", at =>
            at.Rest.IndexOf(") as ", StringComparison.Ordinal) is var renamed and > 0 && at.Rest.Substring(renamed + 5).Split(' ', ',', '|')[0] is var name
                ? at.Tell("a name stands before its value", $"write `aggregate {name} = {at.Before}{at.Rest.Substring(0, renamed + 1)}`")
                : null),
        new("SQL: limit with offset", Stage, "first limit take head", ",", at =>
            at.Tell($"`{at.HeadWord}` takes one number", "write `| skip 5 | first 10`")),
        new("SQL: select star", Stage, "select", "*", at =>
            at.Tell("there is no `*`: rows keep all their fields", "leave the stage out, or name the fields: `select a, b`")),
        new("SQL: aggregate without a name", Stage, "aggregate summarize summarise", "(", at => at.Tell(
            $"each value of `{at.HeadWord}` needs a name", $"write `aggregate {Excerpt.NameFor(at.Before)} = {at.Before}{at.Rest.Split('|')[0].Trim()}`")),
        new("SQL: aggregate star", Stage, "aggregate summarize summarise", "*", at => at.Tell("`count` takes no `*`", "write `count()`")),

        new("SQL: descending", StageForm, "", "descending ascending", at =>
            at.Before.StartsWith("by ", StringComparison.Ordinal) && ShortOrder(at.Word) is var order
                ? at.Tell($"the word is `{order}`", $"write `sort {at.Before} {order}`")
                : null),
        new("SQL: fold group by", StageForm, Folds, "group", at => at.Rest.StartsWith("group by ", StringComparison.Ordinal)
            ? at.Tell($"`{at.HeadWord}` takes its keys behind `by`", $"write `{at.HeadWord} {at.Before} {at.Argument}`")
            : null),
        new("SQL: group by and fold", StageForm, "group", "count sum average min max median", at =>
            at.Before.StartsWith("by ", StringComparison.Ordinal)
                ? at.Tell($"`{at.Word}` folds by a key itself", $"write `{at.RestOfStage} {at.Before}`")
                : null),
        new("SQL: having", StageForm, "", "having", at => at.Tell("a fold is filtered with `where`",
            at.HeadWord == "group" ? $"write `count {at.Before} | where {at.Argument}`" : $"write `| where {at.Argument}`")),
        new("SQL: select distinct", StageForm, "select", "", at => at.Before == "distinct" && at.IsWord
            ? at.Tell("rows are made `distinct` by a key", $"write `| distinct by {at.RestOfStage} | select {at.RestOfStage}`")
            : null),
        new("SQL: select with group by", StageForm, "select", "(", at =>
        {
            int grouped = at.Rest.IndexOf(" group by ", StringComparison.Ordinal);
            return grouped > 0
                ? at.Tell("groups are folded with `aggregate`", $"write `aggregate n = {at.Preceding}{at.Rest.Substring(0, at.Rest.IndexOf(')') + 1).Replace("*", "")}"
                    + $" by {Excerpt.UpToPipe(at.Rest.Substring(grouped + " group by ".Length))}`")
                : null;
        }),
        new("SQL: select as", StageForm, "extend mutate select", "( as", at => AliasesIn(at) is { } aliases
            ? at.Tell($"a name stands before its value in `{at.HeadWord}`", $"write `{at.HeadWord} {aliases}`")
            : null),
        new("SQL: join using", StageForm, "join", "using where", at =>
            at.Tell("rows are joined `on` a field", $"write `join {at.Before} on {at.Argument.Trim('(', ')')}`")),
        new("SQL: join on both sides", StageForm, "join", "=", at => at.Before.Contains(" on ")
            ? at.Tell("the field of both sides is named once", $"write `join {at.Before}`")
            : null),
        new("SQL: rank limit", StageForm, "rank search", "limit first take", at => Excerpt.NumberIn(at.Behind) is { } best
            ? at.Tell("`rank` takes how many behind `top`", $"write `rank {at.Before} top {best}`")
            : null),

        new("SQL: distinct in a call", Token, "distinct", "", at => at.Preceding == "distinct" && at.Scan.Open == '(' && at.IsWord
            ? at.Tell("what is counted once is counted by `distinct_count`", $"write `distinct_count({at.Word})`")
            : null),
        new("SQL: star in a call", Token, "", "*", at =>
            at.Preceding == "(" ? at.Tell("there is no `*` among arguments", "write `count()`") : null),
        new("SQL: a name for a count", Token, "count", "as", at =>
            at.Before.Length == 0 || at.Before.StartsWith("by ", StringComparison.Ordinal)
                ? at.Tell("a count that has a name is an aggregate", $"write `aggregate {at.Argument} = {$"count() {at.Before}".TrimEnd()}`")
                : null),
        new("SQL: as behind a value", Token, "aggregate summarize summarise select extend", "as", at => at.Before.Contains('=') ? null
            : at.Tell($"a name stands before its value in `{at.HeadWord}`", $"write `{at.HeadWord} NAME = {(at.Before.Length is > 0 and < 40 ? at.Before : "…")}`")),

        OfWord("SQL: like without a text", "like", "there is no `like`", "write `x contains \"…\"`, `x starts with \"…\"` or `x matches /…/i`"),
        OfWord("SQL: ilike without a text", "ilike", "there is no `ilike`", "write `x matches /…/i`"),
        OfWord("SQL: between without limits", "between", "there is no `between`", "write `x >= 1 and x <= 5`"),
        OfWord("SQL: case when", "when", "there is no `case … when`", "write `if CONDITION then a else b`"),
        OfWord("SQL: mod", "mod", "there is no `mod`", "write `x % y`"),
        OfWord("SQL: div", "div", "there is no `div`", "write `(x - x % y) / y`"),
        OfWord("SQL: descending elsewhere", "descending", "the word is `desc`", "write `sort by KEY desc`"),
        OfWord("SQL: ascending elsewhere", "ascending", "the word is `asc`, and it may be left out", "write `sort by KEY`"),
    ];

    private static string ShortOrder(string word) => word[0] == 'd' ? "desc" : "asc";

    /// <summary>The stage's list with <c>E as N</c> turned into <c>N = E</c>; null where none is.</summary>
    private static string? AliasesIn(FailurePlace place)
    {
        string list = place.LineFrom(place.Head!.Value.Span.End).Split('|')[0].Trim();
        string[] parts = ItemComma.Split(list);
        return list.Length < 120 && parts.Any(part => Alias.IsMatch(part))
            ? string.Join(", ", parts.Select(part =>
                Alias.Match(part) is { Success: true } alias ? $"{alias.Groups["name"].Value} = {alias.Groups["value"].Value}" : part.Trim()))
            : null;
    }
}
