using System.Text.RegularExpressions;
using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What shells, their tools and jq write.</summary>
internal static class ShellForms
{
    private static readonly Regex FileBehind = new(@"^>+\s*\S+\.\w+$", RegexOptions.CultureInvariant);
    private static readonly Regex CatBefore = new(@"^cat\s+(?=(?<name>\w+)\s*\|)", RegexOptions.CultureInvariant);
    private static readonly Regex AnyNumber = new(@"\d+", RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("wc", "write `| count`; words are `| words | count`"),
        new("cut", "take a field: `| extract \"{a},{b}\" | get b`, or `| parse csv | get NAME`"),
        new("awk", "take fields with a template: `| extract \"{a} {b}\" | get a`"),
        new("sed tr", "write `| replace(/a/, \"b\")`"),
        new("cat read", "start with the variable: `context | lines`"),
        new("xargs", "write `| map llm \"…\"`, or `| map EXPRESSION`"),
        new("shuffle", "write `| sample 100%`"),
        new("number_lines nl", "`index` is an item's place: write `| map \"{index}: {it}\"`"),
        new("tee", "name the value with `let`, and use the name twice: `let x = context | lines`"),
        new("empty", "write `x == \"\"`, or `x == none`"),
    ];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("shell: cat into a pipe", Statement, "", "", at =>
        {
            if (CatBefore.Match(at.StatementLine) is not { Success: true } cat)
                return null;

            // Whether another name is a variable or a file is not known here.
            string name = cat.Groups["name"].Value, rest = at.StatementLine.Substring(cat.Length + name.Length).TrimStart();
            return name == "context" || Regex.IsMatch(at.Text, $@"\blet\s+{name}\b", RegexOptions.CultureInvariant)
                ? at.TellOpening(cat.Length, "a variable stands at the start by itself", "leave `cat` out") with
                {
                    Fix = new DiagnosticFix(new SourceSpan(at.StatementStart, cat.Length), ""),
                }
                : at.TellOpening(
                    cat.Length, "a variable stands at the start by itself", $"leave `cat` out where `{name}` is a variable; a file is one: `context {rest}`");
        }),
        new("shell: arguments of grep", Statement, "grep", "", ShellGrep.Tell),
        OfStatement("shell: cat", "cat", "a variable stands at the start by itself", "write `context | grep \"…\"`"),

        new("shell: wc -l", Head, "wc", "-", at => at.Rest.StartsWith("-l", StringComparison.Ordinal)
            ? at.TellHead("items are counted with `count`", "write `count`") : null),
        new("shell: cut", Head, "cut", "-", ShellFields.TellCut),
        new("shell: awk", Head, "awk gawk", "\" ' -", ShellFields.TellAwk),
        new("shell: a sort with flags", Stage, "sort", "", at =>
            at.Before is ['-', ..] && ShellSort.Write($"{at.Before}{at.RestOfStage}", place => at.StatementBefore.Contains("count by ") || at.StatementBefore.Contains("uniq -c") ? place > 1 ? null : "count" : "") is { } order
                ? at.MendStage("there are no flags", order)
                : null),
        new("shell: a file for the output", Line, "", ">", at => FileBehind.IsMatch(at.Rest) && at.StatementBefore.Trim() is var before
            ? at.Tell("a program writes no files; its answer goes to the output", $"write `answer {before.Substring(Excerpt.LeaderOf(before).Length)}`")
            : null),

        new("shell: two pipes in one", Pipe, "", "|", at => at.Rest.StartsWith("||", StringComparison.Ordinal)
            ? at.Tell("a stage follows one `|`", $"write `{at.Rest.Substring(1)}`")
            : null),
        new("shell: a pattern behind a pipe", Pipe, "", "\"", at =>
            at.Preceding == "|" && Excerpt.ReadQuotedAt(at.Rest, 0) is { } second
            && at.StatementBefore.LastIndexOf("grep \"", StringComparison.Ordinal) is >= 0 and var grep && Excerpt.ReadQuotedAt(at.StatementBefore, grep) is { } first
                ? at.Tell("`grep` takes one pattern", $"write `grep /{first.Text}|{second.Text}/`")
                : null),

        OfGrep("shell: several patterns", "or , [ |", (at, grep) => grep.Quoted.Count > 1
            ? at.Tell("`grep` takes one pattern", $"write `grep {Excerpt.WriteSlashed(string.Join("|", grep.Quoted))}`")
            : null),
        OfGrep("shell: lines around a match", "with + lines context", (at, grep) =>
            AnyNumber.Match(at.LineFrom(at.Position - at.Before.Length)) is { Success: true } around
                ? at.Tell("the lines beside a match come with `before`, `after` or `around`",
                    $"write `grep {(Excerpt.Quoted.Match(grep.Text) is { Success: true } sought ? sought.Value : at.Before.Split(' ')[0])} {SideIn(at.Rest)} {around.Value}`")
                : null),
        OfGrep("shell: grep of a field", "\" /", (at, grep) =>
            !grep.HasOption && at.Before.Length > 0 && Names.Word(at.Before, 0) == at.Before.TrimEnd().Length
                ? at.Tell("rows are filtered with `where`",
                    $"write `| where {at.Before.TrimEnd()} {(at.Word == "/" ? "matches" : "contains")} {at.Rest.Split('|')[0].Trim()}`")
                : null),
        OfGrep("shell: a slash in a regex", "/", (at, grep) => !grep.HasOption && at.Before is ['/', ..]
            ? at.Tell("a slash in a regex is written `\\/`",
                $"write `grep {Excerpt.WriteSlashed(grep.Text.Split('|')[0].Trim().Trim('/').Replace("\\/", "/"))}`")
            : null),
        OfGrep("shell: a field before the pattern", "", (at, grep) =>
            at.Before.Length == 0 && at.IsWord && at.Word is not ("not" or "pattern" or "r" or "m") && !grep.HasOption
            && grep is { Pattern: { } pattern, Quoted.Count: > 0, Words: [_, [not '-', ..], ..] }
                ? at.Tell("rows are filtered with `where`", $"write `| where {at.Word} contains {pattern}`")
                : null),
        OfGrep("shell: an option that does not fit", "", (at, grep) => (grep.HasOption || at.Word is "not" or "!") && IsPatternOf(at, grep)
            ? at.Tell("options are words and follow the pattern", $"write `grep {grep.WithOption(at)}`")
            : null),
        OfGrep("shell: a pattern behind a sign", "", (at, grep) => IsPatternOf(at, grep)
            ? at.Tell("a pattern is a text in quotes or a /regex/", $"write `grep {grep.WithOption(at)}`")
            : null),

        OfRelation("shell: a tilde for a match", "~", (at, around) => around.IsRightQuoted && at.Position > 0 && at.Text[at.Position - 1] == ' '
            ? at.Tell("there is no `~`", $"write {Excerpt.Quote($"{around.Left} matches {Excerpt.WriteSlashed(around.Text)}")}")
            : null),

        new("shell: grep context", Stage, "grep", "context lines", at =>
            at.Tell("the lines beside a match come with `before`, `after` or `around`", "write `grep \"…\" around 3`")),
        new("shell: head and tail", Stage, "head take first limit tail last", "-", at =>
            at.Tell("there are no flags", $"write `{(at.HeadWord is "tail" or "last" ? "last" : "first")} {Excerpt.Digits(at.Rest)}`")),
        new("shell: other flags", Stage, "", "-", at =>
            at.Before.Length == 0 && OperatorForms.Of(at.HeadWord).Count > 0 && at.Rest.Length > 1 && char.IsLetter(at.Rest[1])
                ? at.Tell("there are no flags", at.HeadWord is "uniq" or "distinct" ? "write `count by it`" : at.HeadWord is "sort" ? "write `| sort by it desc`" : "options are words")
                : null),

        new("jq: a dot for the item", Token, "where filter any all map", ". $", at =>
            at.Rest.TrimStart('.', '$').TrimStart('0', '_', ' ') is { Length: > 0 } tested && tested != at.Rest.Substring(1)
                ? at.Tell($"the item is `it`, not `{at.Rest.Split(' ')[0]}`", $"write `{at.HeadWord} it {Excerpt.UpToPipe(tested)}`")
                : null),
        new("jq: all items", Token, "", ".", at => at.Rest.StartsWith(".[", StringComparison.Ordinal)
            ? at.Tell("a list needs no `.[]`", "write `| get FIELD`, or `| map EXPRESSION`")
            : null),

        OfWord("shell: a tilde", "~", "there is no `~`", "write `x matches /…/i`"),
        OfWord("shell: a backslash at the end", "\\", "a line needs no `\\` at its end", "leave it out: a line that starts with `|`, or is indented, goes on"),
        OfWord("shell: backticks", "`", "a string stands in double quotes", "write `\"…\"`"),
    ];

    /// <summary>The side on which the lines beside a match are to stand.</summary>
    private static string SideIn(string rest) => rest.Split('|')[0] is var stage && stage.Contains("before") && !stage.Contains("after") ? "before"
        : stage.Contains("after") && !stage.Contains("before") ? "after"
        : "around";

    private static Misreading OfGrep(string id, string words, Func<FailurePlace, GrepStage, Diagnostic?> tell) =>
        new(id, Operator, "grep", words, at => GrepStage.Of(at) is { } grep ? tell(at, grep) : null);

    private static bool IsPatternOf(FailurePlace place, GrepStage grep) => grep.Pattern is not null && (grep.HasOption || place.Before.Length == 0);
}
