using System.Text.RegularExpressions;

namespace Rlm.Dsl.Parsing;

internal static partial class MisreadForm
{
    private static readonly Regex TwoNumbers = new(@"(?<from>\d+)\D+(?<to>\d+)", Plain);
    private static readonly Regex Alias = new(@"^\s*(?<value>.+?)\s+as\s+(?<name>\w+)\s*$", Plain | RegexOptions.IgnoreCase);
    private static readonly Regex TopForm = new(@"^(?<key>by\s+.+?)\s+(?<n>\d+)\s*(?:\||$)", Plain);
    private static readonly Regex BestPerKey = new(@"^per\s+(?<key>[^|]+?)\s+by\s+(?<by>[^|]+?)\s*(?:\||$)", Plain);
    private static readonly Regex TopOfAll = new(@"^\d+\s+by\s+\S", Plain);
    private static readonly Regex PerKey = new(@"^(?:by|for|within|in|of|each)\s+(?:(?:each|every)\s+)?(?<key>[^|]+?)\s*(?:\||$)", Plain);
    private static readonly Regex Capture = new(@"(?:(?<name>\w+)\s*[=:]\s*|\ball\s*)/(?<regex>[^()|]+)/", Plain);
    private static readonly Regex FieldTypes = new(@"as\s*\(?\s*(?<types>\w+\s*:\s*\w+(?:\s*,\s*\w+\s*:\s*\w+)*)", Plain);
    private static readonly Regex BarePrompt = new(@"^(?<call>llm\s+)?(?<prompt>[A-Za-z][^""|{}]*?)(?<rest>\s+as\s+\w+)?\s*(?:\||$)", Plain);
    private static readonly Regex Ternary = new(@"^\?\s*(?<then>[^:|]+):\s*(?<otherwise>[^|]+)", Plain);
    private static readonly Regex LambdaBefore = new(@"^\(?(?<name>\w+)\s*=>$", Plain);

    /// <summary>Stages in the order or with the words of SQL, pandas and the shell, written again with the program's own arguments.</summary>
    private static (string? Message, string? Help) OfStageForm(FailurePlace place, string head, string word)
    {
        string rest = place.Rest, before = place.Before;
        string argument = Until(rest.Substring(Math.Min(word.Length, rest.Length)));
        bool isName = word.Length > 0 && Lexemes.IsWordStart(word[0]);
        switch (head, word)
        {
            case (_, "descending" or "ascending") when before.StartsWith("by ", StringComparison.Ordinal):
                return ($"the word is `{(word[0] == 'd' ? "desc" : "asc")}`", $"write `sort {before} {(word[0] == 'd' ? "desc" : "asc")}`");
            case ("sum" or "average" or "min" or "max" or "median" or "share" or "aggregate" or "summarize" or "reduce", "group") when rest.StartsWith("group by ", StringComparison.Ordinal):
                return ($"`{head}` takes its keys behind `by`", $"write `{head} {before} {argument}`");
            case ("group", "count" or "sum" or "average" or "min" or "max" or "median") when before.StartsWith("by ", StringComparison.Ordinal):
                return ($"`{word}` folds by a key itself", $"write `{Until(rest)} {before}`");
            case (_, "having"):
                return ("a fold is filtered with `where`", head == "group" ? $"write `count {before} | where {argument}`" : $"write `| where {argument}`");
            case ("select", _) when before == "distinct" && isName:
                return ("rows are made `distinct` by a key", $"write `| distinct by {Until(rest)} | select {Until(rest)}`");
            case ("select", "(") when rest.IndexOf(" group by ", StringComparison.Ordinal) is var grouped and > 0:
                return ("groups are folded with `aggregate`", $"write `aggregate n = {place.Preceding}{rest.Substring(0, rest.IndexOf(')') + 1).Replace("*", "")} by {Until(rest.Substring(grouped + " group by ".Length))}`");
            case ("extend" or "mutate" or "select", "(" or "as") when AliasesIn(place) is { } aliases:
                return ($"a name stands before its value in `{head}`", $"write `{head} {aliases}`");
            case ("extend" or "mutate", "by") when before.Contains('('):
                return ("groups are folded with `aggregate`", $"write `aggregate {before} {Until(rest)}`");
            case ("join", "using" or "where"):
                return ("rows are joined `on` a field", $"write `join {before} on {argument.Trim('(', ')')}`");
            case ("join", "=") when before.Contains(" on "):
                return ("the field of both sides is named once", $"write `join {before}`");
            case ("join", "by"):
                return ("`join` takes its separator without `by`", $"write `join {argument}`");
            case ("top", "per") when BestPerKey.Match(rest) is { Success: true } best:
                return ("`per` stands behind what `top` goes by", $"write `top {before} by {best.Groups["by"].Value} per {best.Groups["key"].Value}`");
            case ("top", _) when isName && before.Length > 0 && before.All(char.IsDigit):
                return ("`top` takes its key behind `by`", $"write `top {before} by {Until(rest)}`");
            case ("first" or "head" or "take" or "limit", "by"):
                return ($"`{head}` takes the items as they come", $"write `top {(before.Length > 0 ? before : "1")} {Until(rest)}`");
            case ("percent", "by"):
                return ("the share of each key is `share by`", $"write `share {Until(rest)}`");
            case ("split", _) when isName && word.TrimEnd('s') + "s" is "lines" or "words" or "paragraphs" or "sentences":
                return ($"`{word.TrimEnd('s')}s` is a stage of its own", $"write `{word.TrimEnd('s')}s`");
            case ("split", "into"):
                return ("pieces of one size come from `chunk`", $"write `chunk {Until(rest)}`");
            case ("slice", _) when before.Length == 0 && TwoNumbers.Match(rest) is { Success: true } ends:
                return ("the two ends of a slice stand around `..`", $"write `slice {ends.Groups["from"].Value}..{ends.Groups["to"].Value} lines`");
            case ("lines", _) when rest.TrimStart('[', '(') is { Length: > 0 } digits && char.IsDigit(digits[0]):
                return ("`lines` takes all of them", TwoNumbers.Match(rest) is { Success: true } range
                    ? $"write `| slice {range.Groups["from"].Value}..{range.Groups["to"].Value} lines`" : $"write `| lines | first {new string([.. digits.TakeWhile(char.IsDigit)])}`");
            case ("first" or "head" or "take" or "limit" or "last" or "tail" or "skip" or "offset" or "sample", _) when UnitSynonyms.Canonical(word) is not null && before.All(char.IsDigit):
                return ($"`{head}` counts what comes in, without a unit", before.Length > 0 ? $"write `{head} {before}`" : $"write `{head}`");
            case ("skip" or "peek", "first"):
                return ($"`{head}` takes a number without `first`", $"write `{head} {argument}`");
            case ("rank" or "search", "limit" or "first" or "take") when Amount.Match(rest.Substring(word.Length)) is { Success: true } best:
                return ("`rank` takes how many behind `top`", $"write `rank {before} top {best.Groups["n"].Value}`");
            case ("rank" or "search", _) when word.Length > 0 && char.IsDigit(word[0]):
                return ("`rank` takes how many behind `top`", $"write `rank {before} top {word}`");
            case ("rank" or "search", "by" or "for"):
                return ($"`{head}` takes its query without `{word}`", $"write `rank {argument}`");
            case ("rank" or "search", "/"):
                return ("a regex is looked for with `grep`", $"write `grep {Until(rest)}`");
            case ("parse", "with" or "header" or "delimiter" or "sep"):
                return ("`parse` takes its format alone; the first row is the header", $"write `parse {before}`");
            case ("parse", "yaml" or "yml" or "xml" or "toml" or "ini"):
                return ($"`{word}` is not a format of `parse`", "write `extract \"{key}: {value}\"`, or another template that fits the lines");
            case ("to", "string" or "text"):
                return ("a list becomes a text with `join`", "write `join \"\\n\"`");
            case ("to", "table"):
                return ("one word names the format", "write `to table`");
            case ("as" or "format" or "render", "table" or "markdown" or "json" or "csv" or "jsonl" or "bullets") when before.Length == 0:
                return ("a format follows `to`", $"write `to {(word == "markdown" ? "table" : word)}`");
            case ("get", ".") when before.Length > 0:
                return ("`get` takes one field, and `map` an expression", $"write `map {before}{Until(rest)}`");
            case ("reduce", "\"" or "'") when before.Length == 0:
                return ("a model reduces by `reduce llm`", $"write `reduce llm {Until(rest)}`");
            case ("any" or "all" or "where" or "filter", "\"" or "/" or "'") when before is "contains" or "matches" or "starts with" or "ends with":
                return ("what is tested stands before the relation", $"write `{head} it {before} {Until(rest)}`");
            case ("extend", "llm") when before.EndsWith("= map", StringComparison.Ordinal):
                return ("`extend` asks for each item itself", $"write `extend {before.Substring(0, before.Length - 3)}{Until(rest)}`");
            case ("where" or "filter", "llm") when place.Preceding == "not":
                return ("`not` cannot stand before a call", $"write `| extend is_so = {Until(rest)} as bool | where not is_so`");
            case (_, "llm") when LambdaBefore.Match(before) is { Success: true } lambda:
                string name = lambda.Groups["name"].Value;
                return ("a call needs no `=>`: its holes read the item", $"write `| {head} {Until(rest).Replace($"{{{name}.", "{it.").Replace($"{{{name}}}", "{it}")}`");
            case ("llm" or "map" or "where" or "extend" or "reduce", "+") when before is [.., '"'] && before.Contains("llm"):
                string prompt = before.Substring(before.IndexOf('"')).TrimEnd('"');
                return ("a prompt is one string", $"write `{prompt}{(QuotedAt(rest, 0) is { } more ? more.Text : $" {{{Until(rest.Substring(1))}}}")}\"`");
            case ("first" or "last" or "take" or "head" or "tail" or "limit", _) when isName && before.Length == 0 && argument == "…":
                return ("a name stands in parentheses here", $"write `{head} ({word})`");
            case ("top", "by" or "for" or "within" or "in" or "of" or "each") when TopOfAll.IsMatch(before) && PerKey.Match(rest) is { Success: true } grouped:
                return ("the best of each group are told by `per`", $"write `top {before} per {grouped.Groups["key"].Value}`");
            case ("top", "by"):
                return ("`top` takes its number first", TopForm.Match(rest) is { Success: true } top ? $"write `top {top.Groups["n"].Value} {top.Groups["key"].Value}`" : $"write `top 3 {Until(rest)}`");
            case ("summarize" or "summarise" or "aggregate", "\"" or "'"):
                return ($"`{head}` takes aggregates, not a prompt", $"write `llm {Until(rest)}`");
            case ("extract", _) when Capture.Match(before + rest) is { Success: true } capture:
                return ("a field is a named group of the regex", $"write `extract /(?<{(capture.Groups["name"].Success ? capture.Groups["name"].Value : "x")}>{capture.Groups["regex"].Value})/`");
            case ("extract", ":" or "(") when FieldTypes.Match(before + rest) is { Success: true } types:
                return ("types are given in braces, by field", $"write `as {{{types.Groups["types"].Value}}}`");
            case (_, ":") when before.Length == 0 && OperatorForms.Of(head).Count > 0:
                return ($"`{head}` takes its arguments without `:`", $"write `{head} {argument}`");
            case (_, ",") when head == "extend" && before.Contains("llm"):
                return ("one `extend` holds expressions or one paid call, not both", $"write `extend {before} | extend {argument}`");
            case (_, "by") when place.Preceding is "llm" or "rlm":
                return ("a call needs its prompt", $"write `{head} llm \"Summarise.\" {Until(rest)}`");
            case (_, "?") when Ternary.Match(rest) is { Success: true } ternary && before.Length > 0:
                return ("there is no `? :`", $"write `{head} if {before} then {ternary.Groups["then"].Value.Trim()} else {ternary.Groups["otherwise"].Value.Trim()}`");
            case (_, _) when place.IsAtEnd && place.Preceding == "llm":
                return ("a call needs its prompt", head == "llm" ? "write `llm \"…\"`" : $"write `{(head is "extend" && before.Length > 3 ? $"extend {before.Substring(0, before.Length - 3).Trim()}" : head)} llm \"…\"`");
            case ("llm" or "map" or "reduce" or "where" or "filter", _) when isName || word is "?" or "." or "'":
                return BarePrompt.Match(before + " " + rest) is { Success: true } bare && (head == "llm" || bare.Groups["call"].Value.Length > 0)
                    ? ("a prompt stands in quotes", $"write `{(head == "llm" ? "llm" : $"{head} llm")} \"{bare.Groups["prompt"].Value.Replace(" ?", "?").Trim()}\"{bare.Groups["rest"].Value}`")
                    : (null, null);
            default:
                return (null, null);
        }
    }

    /// <summary>The stage's list with <c>E as N</c> turned into <c>N = E</c>; null where none is.</summary>
    private static string? AliasesIn(FailurePlace place)
    {
        string list = LineFrom(place, place.Head!.Value.Span.End).Split('|')[0].Trim();
        string[] parts = Regex.Split(list, @",(?![^(]*\))", Plain);
        return list.Length < 120 && parts.Any(part => Alias.IsMatch(part))
            ? string.Join(", ", parts.Select(part => Alias.Match(part) is { Success: true } alias ? $"{alias.Groups["name"].Value} = {alias.Groups["value"].Value}" : part.Trim()))
            : null;
    }
}
