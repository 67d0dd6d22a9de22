using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What the Kusto query language and its relatives write.</summary>
internal static class KqlForms
{
    private static readonly Regex BestOfKeys = new(@"\bsummari[sz]e\s+arg_max\s*\(\s*(?<by>\w+)\s*(?:,[^()]*)?\)\s+by\s+(?<keys>[^|\s](?:[^|\n]*[^|\s])?)", RegexOptions.CultureInvariant);

    /// <summary><c>sum(x) as total by k</c>, <c>count as n</c>.</summary>
    private static readonly Regex RunningFold = new(
        @"^\s+(?:sum\((?<of>\w+)\)|count(?:\(\s*\))?)(?:\s+as\s+(?<name>\w+))?(?:\s+by\s+(?<keys>\w+(?:\s*,\s*\w+)*))?(?=\s*(?:\||$))", RegexOptions.CultureInvariant);

    private static readonly Regex FoldByTime = new(
        @"^\s+(?:span\s*=\s*(?<span>\w+)\s+)?(?<fold>count|avg|mean|sum|min|max)(?:\(\s*(?<of>\w*)\s*\))?(?:\s+as\s+\w+)?(?:\s+by\s+(?<keys>\w+(?:\s*,\s*\w+)*))?\s*(?:\||$)",
        RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("streamstats", "write `| extend total = running_sum(FIELD)`"),
        new("timechart", "write `| count by day = bin(FIELD, \"day\")`"),
        new("pivot_wider dcast", "write `| pivot FIELD by KEY`"),
        new("notempty", "write `x != \"\"`"),
        new("isempty", "write `x == \"\"`"),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("SPL: streamstats", Head, "streamstats", "", at => at.Head is var (_, head) && RunningFold.Match(at.LineFrom(head.End)) is { Success: true, Groups: var fold } running
            ? Mend(head, running.Length, "a value up to the row comes from `running_sum`",
                $"extend {(fold["name"].Success ? fold["name"].Value : fold["of"].Success ? "total" : "n")} = running_sum({(fold["of"].Success ? fold["of"].Value : "1")}){(fold["keys"].Success ? $" per {fold["keys"].Value}" : "")}")
            : null),
        new("SPL: timechart", Head, "timechart", "", at =>
        {
            if (at.Head is not var (_, head) || FoldByTime.Match(at.LineFrom(head.End)) is not { Success: true, Groups: var fold })
                return null;

            string function = FunctionSynonyms.Canonical(fold["fold"].Value) ?? fold["fold"].Value, of = fold["of"].Value.Length > 0 ? $" {fold["of"].Value}" : "";
            string width = fold["span"].Success ? fold["span"].Value : "\"day\"", keys = fold["keys"].Success ? $", {fold["keys"].Value}" : "";
            return new Diagnostic(DslDiagnostics.UnknownOperator, head, "`timechart` is not an operator", $"with the field of the time for `TIME` write `{function}{of} by time = bin(TIME, {width}){keys}`");
        }),
        new("KQL: mv-expand", Head, "mv", "-", at => at.Rest.StartsWith("-expand ", StringComparison.Ordinal)
            ? at.TellHead("a row for each value of a list comes from `flatten`", $"write `flatten {Excerpt.UpToPipe(at.Rest.Substring("-expand ".Length))}`")
            : null),
        new("KQL: arg_max", Bracket, "", ")", at =>
        {
            if (!at.IsShort || BestOfKeys.Match(at.LineFrom(at.LineStart)) is not { Success: true, Groups: var best } stage || at.Position - at.LineStart < stage.Index)
                return null;

            var span = new SourceSpan(at.LineStart + stage.Index, stage.Length);
            string meant = $"top 1 by {best["by"].Value} per {best["keys"].Value}";
            return new Diagnostic(DslDiagnostics.Unexpected, span, "the best row of each key is told by `top`", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) };
        }),
        new("LogQL: a line filter", Pipe, "", "= ~", at => at.Position > 0 && at.Text[at.Position - 1] == '|' && Excerpt.ReadQuotedAt(at.Rest, 0) is { } sought
            ? at.Tell("lines are filtered with `grep`", $"write `| grep {(at.Word == "~" ? Excerpt.WriteSlashed(sought.Text) : $"\"{sought.Text}\"")}`") with
            {
                Fix = new DiagnosticFix(new SourceSpan(at.Position - 1, sought.End + 1), $"| grep {(at.Word == "~" ? Excerpt.WriteSlashed(sought.Text) : $"\"{sought.Text}\"")}"),
            }
            : null),
        OfRelation("KQL: has", "has includes include contain containing", (at, around) => around.Right is not null
            ? at.Tell($"there is no `{at.Word}`", $"write `{around.Left} contains {around.Right}`")
            : null),
        OfRelation("KQL: any of several texts", "[", (at, around) =>
        {
            if (at.Preceding is not ("any" or "all") || !around.Before.EndsWith("contains " + at.Preceding, StringComparison.Ordinal))
                return null;

            string joined = string.Join("|", Excerpt.Quoted.Matches(at.Rest).Cast<Match>().Select(item => Regex.Escape(item.Value.Trim('"', '\''))));
            string subject = Excerpt.OperandBefore(around.Before.Substring(0, around.Before.LastIndexOf(" contains", StringComparison.Ordinal)));
            return at.Tell("one of several texts is looked for with a regex", $"write `{subject} matches /{(joined.Length > 0 ? joined : "a|b")}/`");
        }),
        OfRelation("KQL: equal in any case", "~", (at, around) => around.IsRightQuoted && around.Before.Length > 0 && at.Text[at.Position - 1] == '='
            ? at.Tell("there is no `=~`",
                $"write `{Excerpt.OperandOrName(around.Before.Substring(0, around.Before.Length - 1))} matches {Excerpt.WriteSlashed(Regex.Escape(around.Text))}i` for a pattern, or compare with `==`")
            : null),

        new("KQL: by before the aggregates", Stage, "aggregate summarize summarise", "by", at => at.Tell("`by` stands behind the aggregates",
            at.Before.Length > 0 && !at.Before.Contains('=')
                ? $"write `aggregate {Excerpt.NameFor(at.Before)} = {at.Before}() {at.RestOfStage}`"
                : "write `aggregate n = count() by KEY`")),

        OfWord("KQL: has without a text", "has", "there is no `has`", "write `x contains \"…\"`"),
        OfWord("KQL: includes without a text", "includes", "there is no `includes`", "write `x contains \"…\"`"),
    ];

    /// <summary>Tells it of a stage, from its head on, which is to be another one.</summary>
    private static Diagnostic Mend(SourceSpan head, int length, string message, string stage)
    {
        var span = new SourceSpan(head.Start, head.Length + length);
        return new Diagnostic(DslDiagnostics.Unexpected, span, message, $"write `{stage}`") { Fix = new DiagnosticFix(span, stage) };
    }
}
