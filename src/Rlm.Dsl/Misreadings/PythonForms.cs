using System.Text.RegularExpressions;
using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Parsing.Synonyms;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What Python and other programming languages write.</summary>
internal static class PythonForms
{
    private const string NoLoops = "there are no loops; `map` runs over a list";
    private const string MapForms = "write `list | map EXPRESSION`, or `list | map llm \"…\"`";

    private static readonly Regex BracedIf = new(@"^[:{]\s*(?<then>[^:{}]+?)\s*}?\s*else\s*[:{]?\s*(?<otherwise>[^:{}]+?)\s*}?$", RegexOptions.CultureInvariant);
    private static readonly Regex AnswerOfBranch = new(@"(?<=\b(?:then|else) )answer ", RegexOptions.CultureInvariant);
    private static readonly Regex BranchOfIf = new(@"\b(?:then|else(?! if\b))\b", RegexOptions.CultureInvariant);
    private static readonly Regex LambdaBefore = new(@"^\(?(?<name>\w+)\s*=>$", RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("for", $"{NoLoops}: `list | map EXPRESSION`"),
        new("dayofweek day_of_week dow", "days are counted from 0 or 1, and from Sunday or Monday: `weekday(x)` is 1 Monday to 7 Sunday, `day_name(x)` the name"),
        new("random", "write `| sample 5`"),
        new("enumerate", "`index` is an item's place: write `| map \"{index}: {it}\"`"),
        new("fold", "use `sum`, `count`, `aggregate n = …`, or `reduce llm \"…\"`"),
        new("flatmap flat_map", "write `| map … | flatten`"),
        new("regex re", "write `x matches /…/`"),
        new("none", "write `as text?` where none is allowed"),
        new("batch", "write `| chunk 50 items`; many rows in one call are `map llm \"…\" pack 50`"),
        new("undefined", "write `none`"),
        new("print", "a pipeline's value is shown: write the pipeline alone, or `answer …` to end"),
    ];

    public static readonly IReadOnlyList<ForeignWord> Calls = [new("print show display echo", "write `x`: a pipeline's value is shown")];

    /// <summary><c>if c then answer a else answer b</c> as one answer; null where a branch is none.</summary>
    private static string? Answered(string statement)
    {
        string answered = AnswerOfBranch.Replace(statement, "");
        return AnswerOfBranch.Split(statement).Length == BranchOfIf.Split(statement).Length && statement.Contains(" else ") ? $"answer {answered}" : null;
    }

    /// <summary>What an item is called elsewhere.</summary>
    public const string ItemNames = "item row _ this self record element value doc elem";

    public static readonly IReadOnlyList<ForeignWord> Types =
    [
        new("list array", "list of text"),
        new("json object record dict map struct", "{name: text, count: number}"),
        new("percent percentage score rating count", "number"),
        new("enum label labels category choice", "one of [\"a\", \"b\"]"),
        new("time timestamp day", "date"),
    ];

    public static readonly IReadOnlyList<ForeignMethod> Methods =
    [
        new("Python: weekday counts from 0", "weekday", DslDiagnostics.WrongArguments, (arguments, sink) => arguments.Count == 1
            ? ("`weekday` counts from 1 Monday to 7 Sunday, and as a method it counts from 0 in Python",
                $"as a function it is `weekday({sink.TextAt(arguments[0].Span)})`, with 1 for Monday and 7 for Sunday")
            : null),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("Python: a block comment", Statement, "", "", at => at.StatementLine.StartsWith("/*", StringComparison.Ordinal)
            ? at.TellOpening(2, "a comment starts with `#`",
                $"write `# {at.StatementLine.Substring(2).Split(["*/"], StringSplitOptions.None)[0].Trim()}` on a line of its own")
            : null),
        new("Python: if with two answers", Statement, "", "answer", at => at.FirstWord == "if" && Answered(at.StatementLine) is { } answered
            ? at.TellOpening(2, "`if` picks a value and holds no statements", $"write `{answered}`") with
            {
                Fix = new DiagnosticFix(new SourceSpan(at.StatementStart, at.StatementLine.Length), answered),
            }
            : null),
        new("Python: if with statements", Statement, "", "answer let : assert {", at => at.FirstWord == "if"
            ? at.TellOpening(2, "`if` picks a value and holds no statements", "write `answer if CONDITION then VALUE else VALUE`")
            : null),
        new("Python: a loop that does one thing", Statement, "", "", Loop.Tell),
        OfStatement("Python: for", "for", NoLoops, MapForms),
        OfStatement("Python: while", "while", "there are no loops; every program ends", "write `list | where CONDITION` or `list | map EXPRESSION`"),
        OfStatement("Python: def", "def function", "there are no user functions", "name a value with `let name = …`"),
        OfStatement("Python: import", "import", "there is nothing to import", $"use the operators and functions; {DslDiagnostics.OperatorsPage} lists them"),
        OfStatement("Python: try", "try", "there is nothing to catch: a failed item behaves as none", "choose what stands for it: `map llm \"…\" or skip`"),

        new("Python: if with a colon", Line, "", ": {", at =>
        {
            string before = at.StatementBefore.Trim();
            return Excerpt.LeaderOf(before).EndsWith("if ", StringComparison.Ordinal) && BracedIf.Match(at.Rest) is { Success: true } braced
                ? at.Tell("the values of `if` follow `then` and `else`",
                    $"write `{before} then {braced.Groups["then"].Value} else {braced.Groups["otherwise"].Value}`")
                : null;
        }),
        new("Python: a message behind a sign", Line, "", ": else", at => at.FirstWord == "assert"
            ? at.Tell("the message follows the condition", $"write `{at.StatementBefore.Trim()} {at.Behind.Trim()}`")
            : null),
        new("Python: a comment behind a statement", Line, "", "/", at => at.Rest is ['/', '/', ..]
            ? at.Tell("a comment starts with `#`", $"write `# {at.Rest.Substring(2).Trim()}`")
            : null),

        new("Python: an answer in braces", Pipe, "", "|", at =>
        {
            string before = at.StatementBefore.Trim();
            return at.FirstWord == "answer" && at.Scan.Open == '{' && before.IndexOf('{') == before.IndexOf(' ') + 1
                ? at.Tell("a value stands without braces", $"write `answer {at.LineFrom(at.Scan.OpenAt + 1).TrimEnd('}', ' ', ';').Trim()}`")
                : null;
        }),

        new("Python: a letter before a string", MisreadingStep.String, "", "\" '", at =>
        {
            if (at.Position == at.StatementStart || at.Preceding != "b" || at.Text[at.Position - 1] != 'b')
                return null;

            string head = at.HeadWord is "grep" or "split" or "extract" ? at.HeadWord + " " : "";
            return at.Tell("a string has no `b` before it", $"write `{head}{Excerpt.WriteSlashed(Excerpt.ReadQuotedAt(at.Rest, 0)?.Text ?? "…")}`");
        }),

        OfRelation("Python: startswith", "startswith beginswith starts_with", (at, around) => around.Right is not null
            ? at.Tell("`starts with` is two words", $"write `{around.Left} starts with {around.Right}`")
            : null),
        OfRelation("Python: endswith", "endswith ends_with", (at, around) => around.Right is not null
            ? at.Tell("`ends with` is two words", $"write `{around.Left} ends with {around.Right}`")
            : null),
        OfRelation("Python: equals", "equals eq", (at, around) => around.Right is not null
            ? at.Tell($"there is no `{at.Word}`", $"write `{around.Left} == {around.Right}`")
            : null),

        new("Python: a slice with a colon", Stage, "slice", ": to - ,", at => at.Tell("the two ends of a slice stand around `..`",
            Excerpt.TwoNumbers.Match(at.Before + at.Rest) is { Success: true } ends
                ? $"write `slice {ends.Groups["from"].Value}..{ends.Groups["to"].Value} {UnitSynonyms.Canonical(at.RestOfStage.Split(' ').Last()) ?? "lines"}`"
                : "write `slice 1..3 lines`")),

        new("Python: pieces of one size", StageForm, "split", "into", at =>
            at.Tell("pieces of one size come from `chunk`", $"write `chunk {at.RestOfStage}{(at.Argument == "…" ? " 5" : "")}`")),
        new("Python: a slice in brackets", StageForm, "slice", "", at =>
            at.Before.Length == 0 && Excerpt.TwoNumbers.Match(at.Rest) is { Success: true } ends
                ? at.Tell("the two ends of a slice stand around `..`", $"write `slice {ends.Groups["from"].Value}..{ends.Groups["to"].Value} lines`")
                : null),
        new("Python: a member behind get", StageForm, "get", ". [", at => at.Before.Length > 0
            ? at.Tell("`get` takes one field, and `map` an expression", $"write `map {at.Before}{at.RestOfStage}`")
            : null),
        new("Python: a lambda around a call", StageForm, "", "llm", at =>
        {
            string name = LambdaBefore.Match(at.Before).Groups["name"].Value;
            return name.Length > 0
                ? at.Tell("a call needs no `=>`: its holes read the item",
                    $"write `| {at.HeadWord} {at.RestOfStage.Replace($"{{{name}.", "{it.").Replace($"{{{name}}}", "{it}")}`")
                : null;
        }),
        new("Python: a prompt put together", StageForm, "llm map where extend reduce", "+", at =>
        {
            if (at.Before is not [.., '"'] || !at.Before.Contains("llm"))
                return null;

            string prompt = at.Before.Substring(at.Before.IndexOf('"')).TrimEnd('"');
            string more = Excerpt.ReadQuotedAt(at.Rest, 0) is { } quoted ? quoted.Text : $" {{{Excerpt.UpToPipe(at.Rest.Substring(1))}}}";
            return at.Tell("a prompt is one string", $"write `{prompt}{more}\"`");
        }),

        new("Python: a changed value", Token, "", "=", at => at.Preceding is "+" or "-"
            ? at.Tell("a value never changes", "name the new value: `let n2 = n + 1`")
            : null),
        new("Python: a step of a slice", Token, "", ":", at => at.Scan.Open == '['
            ? at.Tell("a slice has two ends and no step", "write `| where index % 2 == 0` for every second item, or `| reverse` for the other way round")
            : null),

        OfWord("Python: startswith alone", "startswith", "`starts with` is two words", "write `x starts with \"…\"`"),
        OfWord("Python: endswith alone", "endswith", "`ends with` is two words", "write `x ends with \"…\"`"),
        OfWord("Python: equals alone", "equals", "there is no `equals`", "write `x == \"…\"`"),
        OfWord("Python: eq alone", "eq", "there is no `eq`", "write `x == \"…\"`"),
        OfWord("Python: a comprehension", "for", NoLoops, MapForms),
        OfWord("Python: an at sign", "@", "there is no `@`", "a variable is its bare name: `context`"),
    ];
}
