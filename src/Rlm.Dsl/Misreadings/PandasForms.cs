using System.Text.RegularExpressions;
using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What pandas and other libraries over data frames write.</summary>
internal static class PandasForms
{
    private static readonly Regex RegexSign = new(@"[.^$*+?(\[|\\]", RegexOptions.CultureInvariant);

    private static readonly Regex DotBefore = new(@"\|\s*(?<stage>\.(?<name>\w+))$", RegexOptions.CultureInvariant);

    private static readonly Regex ArgumentsOf = new(@"^\((?<all>[^()]*)\)", RegexOptions.CultureInvariant);

    private static readonly Regex MergeOn = new(@"^\s+(?:\w+|\([^()]*\))\s+on\s+\w", RegexOptions.CultureInvariant);

    /// <summary>The fields by which the methods of texts and dates are reached.</summary>
    public static readonly IReadOnlyList<string> Accessors = ["str", "dt"];

    /// <summary>The fields by which rows are reached.</summary>
    public static readonly IReadOnlyList<string> Places = ["loc", "iloc"];

    /// <summary>The fields that say what columns there are.</summary>
    public static readonly IReadOnlyList<string> Columns = ["columns", "dtypes", "shape"];

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("nth at", "write `| skip 2 | first`"),
        new("to_table render", "write `| to table`"),
        new("to_json tojson", "write `| to json`"),
        new("to_csv", "write `| to csv`"),
        new("pretty", "write `| to table` or `| to json`"),
        new("keys columns schema", "write `| describe` to see the fields"),
        new("info", "write `| describe`"),
        new("values pluck", "write `| get FIELD`"),
        new("merge zip", "join rows on a field: `| join other on FIELD`"),
        new("window", "the neighbour is `prev(it)` or `next(it)`: write `| where prev(it) contains \"…\"`"),
    ];

    public static readonly IReadOnlyList<ForeignMethod> Methods =
    [
        new("pandas: a text that is a regex", "contains", DslDiagnostics.UnknownFunction, (arguments, sink) =>
            arguments is [{ Operand: MemberSyntax { Member.Name: "str", Target.Span: var subject } }, { Operand: TemplateSyntax { PlainText: { } text } } found]
            && RegexSign.IsMatch(text)
                ? ("the text of `str.contains` is a regular expression in pandas",
                    $"write `{sink.TextAt(subject)} matches {Excerpt.WriteSlashed(text)}`, or `{sink.TextAt(subject)} contains {sink.TextAt(found.Span)}` for the text itself")
                : null),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("pandas: merge on", Head, "merge", "", at => at.Head is var (_, head) && MergeOn.Match(at.LineFrom(head.End)) is { Success: true }
            ? at.Tell("rows are merged by `join`", $"write `join {Excerpt.UpToPipe(at.LineFrom(head.End))}`") with { Fix = new DiagnosticFix(head, "join") }
            : null),
        new("pandas: merge with options", Head, "merge left_join inner_join", "", JoinOptions.Tell),
        new("pandas: join with options", StageForm, "join left inner", "= how", JoinOptions.Tell),
        new("pandas: a pivot", Bracket, "", "", PivotCall.Tell),

        OfRelation("pandas: arguments with commas", ", :", (at, _) =>
        {
            string called = at.Scan.Open == '(' ? at.Text.Substring(at.StatementStart, at.Scan.OpenAt - at.StatementStart).Split('|').Last().Trim() : "";
            if (OperatorForms.Of(called).Count == 0)
                return null;

            string arguments = at.LineFrom(at.Scan.OpenAt + 1);
            arguments = arguments.Substring(0, arguments.IndexOf(')') is > 0 and var closing ? closing : arguments.Length);
            return at.Tell($"`{called}` takes its arguments without commas", called == "slice" && Excerpt.TwoNumbers.Match(arguments) is { Success: true } two
                ? $"write `slice {two.Groups["from"].Value}..{two.Groups["to"].Value} lines`"
                : called == "count" ? $"write `count by {arguments}`"
                : $"write `{called} {arguments.Replace(",", "").Replace(":", "")}`");
        }),

        new("pandas: drop so many", Stage, "drop", "", at => at.Before.Length == 0 && at.Word.All(char.IsDigit) && !at.IsAtEnd
            ? at.Tell("`drop` leaves columns out, and items are left out by `skip`", $"write `skip {at.Word}`")
            : null),
        new("pandas: count with arguments", Stage, "count", "(", at =>
            at.Tell("`count` takes a condition, or keys behind `by`", "write `| count`, or `| count by KEY`")),
        new("pandas: several columns", Stage, "get", ",", at =>
            at.Tell("`get` takes one field, as a list of its values", $"write `select {at.Before}{at.RestOfStage}`")),

        new("pandas: fold in extend", StageForm, "extend mutate", "by", at => at.Before.Contains('(')
            ? at.Tell("groups are folded with `aggregate`", $"write `aggregate {at.Before} {at.RestOfStage}`")
            : null),
        new("pandas: parse as a call with options", StageForm, "parse", "csv tsv table", at => at.Before.Length == 0 && at.Behind.TrimStart() is ['(', ..]
            ? at.TellHead("`parse` takes its format alone: it finds the separator, and reads numbers as they are written", $"write `parse {at.Word}`")
            : null),
        new("pandas: a method behind a pipe", Token, "", "(", at =>
        {
            if (!at.IsShort || DotBefore.Match(at.StatementBefore) is not { Success: true, Groups: var dot } || ArgumentsOf.Match(at.Rest) is not { Success: true, Groups: var call })
                return null;

            string name = dot["name"].Value, arguments = name == "parse" ? call["all"].Value.Trim('"', '\'') : call["all"].Value;
            string stage = $"{name} {arguments}".TrimEnd();
            int start = at.StatementStart + dot["stage"].Index;
            var span = SourceSpan.Between(start, at.Position + call[0].Length);
            return new Diagnostic(DslDiagnostics.Unexpected, span, "a stage stands behind its pipe without a dot and brackets", $"write `| {stage}`") { Fix = new DiagnosticFix(span, stage) };
        }),
        new("pandas: parse with options", StageForm, "parse", "with header delimiter sep", at =>
            at.Tell("`parse` takes its format alone; the first row is the header", $"write `parse {at.Before}`")),
    ];
}
