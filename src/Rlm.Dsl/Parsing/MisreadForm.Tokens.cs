using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Parsing;

internal static partial class MisreadForm
{
    /// <summary>What a token of another language is told, by where it stands.</summary>
    public static Diagnostic? OfToken(FailurePlace place)
    {
        string word = place.Word, before = place.Preceding, head = place.Head?.Word ?? "";
        if (OfPipe(place) is { } pipe)
            return pipe;
        if (place.IsShort && (OfString(place) ?? OfCall(place) ?? (head switch { "grep" => OfGrep(place), "chunk" => OfChunk(place), _ => null }) ?? OfRelation(place)) is { } foreign)
            return foreign;
        if (OfHeadAndToken(place, head, word) is var (message, help) && message is not null)
            return At(place, message, help);

        if (word is "llm" or "rlm")
        {
            return head == "extend" && place.Before.Contains(',')
                ? At(place, "one `extend` holds expressions or one paid call, not both", "write a stage of its own: `| extend NAME = llm \"…\"`")
                : head == "extend" && Lexemes.Word(place.Before, 0) == place.Before.Length
                    ? At(place, "`extend` needs `=` between the name and the call", $"write `extend {place.Before} = {place.Rest}`")
                    : At(place, "a paid stage may not stand inside an expression", "write it as a stage: `… | map llm \"…\"`, `… | extend x = llm \"…\"` or `… | llm \"…\"`");
        }

        if (word is "?" && before is "text" or "number" or "bool" or "date" or "quote")
            return null;
        if (word == "=" && before == "=" && place.Text[place.Position - 1] == '=')
            return At(place, "equality has two signs", "write `x == y`");
        if (word == "=" && before is "+" or "-")
            return At(place, "a value never changes", "name the new value: `let n2 = n + 1`");
        if (word == "distinct" && before == "(")
            return At(place, "what is counted once is made `distinct` first", $"write `| distinct by {Until(place.Rest.Substring(word.Length)).TrimEnd(')')} | count`");
        if (word == "*" && before == "*")
            return At(place, "there is no power operator", "write `x * x`");
        if (word == "." && before == ")" && place.Head is not null && place.Rest.Length > 1 && OperatorForms.Of(place.Rest.Substring(1, Math.Max(0, Lexemes.Word(place.Rest, 1) - 1))).Count > 0)
            return At(place, "a stage follows `|`", $"write `| {Until(place.Rest.Substring(1))}`");
        if (word == "." && place.Head is null && place.Scan.FollowsPipe && place.Rest.Length > 1 && Lexemes.IsWordStart(place.Rest[1]))
            return At(place, "a field has no dot before it", $"write `| get {Until(place.Rest.Substring(1))}`");
        if (word is "." or "$" && head is "where" or "filter" or "any" or "all" or "map" && place.Rest.TrimStart('.', '$').TrimStart('0', '_', ' ') is { Length: > 0 } tested && tested != place.Rest.Substring(1))
            return At(place, $"the item is `it`, not `{place.Rest.Split(' ')[0]}`", $"write `{head} it {Until(tested)}`");
        if (word == "." && place.Rest.Length > 1 && Lexemes.IsWordStart(place.Rest[1]))
            return At(place, "a field has no dot before it", $"write `{place.Rest.Substring(1, Lexemes.Word(place.Rest, 1) - 1)}`, or `it.{place.Rest.Substring(1, Lexemes.Word(place.Rest, 1) - 1)}`");
        if (word == "." && place.Rest.StartsWith(".[", StringComparison.Ordinal))
            return At(place, "a list needs no `.[]`", "write `| get FIELD`, or `| map EXPRESSION`");
        if (word == ":" && place.Scan.Open == '[')
        {
            string opened = place.Text.Substring(place.StatementStart, place.Scan.OpenAt - place.StatementStart);
            string sliced = OperandBefore.Match(opened) is { Success: true, Length: > 0 } operand ? operand.Value : "x";
            return At(place, "there are no slices in brackets", $"write `slice({sliced}, 0, 100)` of a text, or `({sliced} | first 10)` of a list");
        }

        if (place.FirstWord == "let" && before == "let" && Lexemes.Reserved.Contains(word))
            return At(place, $"`{word}` is a word of the language", $"choose another name, such as `{word}_value`");
        if (head == "let" && place.Before.Length > 0 && !place.Before.Contains('=') && !place.IsAtEnd)
            return At(place, "`let` needs `=` behind its name", $"write `let {place.Before} = {(place.Rest.TrimStart(':', '=', ' ', '-') is { Length: > 0 and < 80 } value && place.Rest[0] != 'b' ? value : "…")}`");
        if (place.IsAtEnd && before is "=" or "let" or "answer")
            return At(place, $"nothing follows `{before}`", before == "let" ? "write `let rows = context | lines`" : $"write a pipeline: `{(before == "=" ? $"let {place.Before.TrimEnd('=', ' ')} =" : before)} context | lines`");
        if (word == "answer" && before == "answer")
            return At(place, "`answer` stands once", $"write `{place.Rest}`");
        if (word == "*" && before == "(")
            return At(place, "there is no `*` among arguments", "write `count()`");
        if (word is "\"" or "'" && place.Scan.Open == '{' && place.Text.IndexOf("one of", place.Scan.OpenAt, place.Position - place.Scan.OpenAt, StringComparison.Ordinal) > 0)
            return At(place, "labels in a record stand in brackets", "write `one of [\"a\", \"b\"]`");
        if (place.FirstWord == "assert" && word == "," && place.Scan.Open == '\0')
            return At(place, "the message follows without a comma", "write `assert CONDITION \"message\"`");
        if (place.IsAtEnd && place.Source.TextAt(Text.SourceSpan.Between(place.StatementStart, place.Position)).Contains(" then "))
        {
            string open = place.Source.TextAt(Text.SourceSpan.Between(place.StatementStart, place.Position)).Trim();
            return At(place, "every `if` needs an `else`", $"write `{open.Substring(Math.Max(0, open.LastIndexOf("if ", StringComparison.Ordinal)))} else none`");
        }
        if (word.Length > 1 && char.IsDigit(word[0]) && word[word.Length - 1] is 'M' or 'B')
            return At(place, $"`{word}` is not a number; only `k` stands for thousands", $"write `{word.Substring(0, word.Length - 1)}_000_000`");
        if (word.Length > 28 && Lexemes.Digits(word, 0) >= word.Length - 1)
            return At(place, "a number has at most 28 digits", "write the digits as a text, in quotes");
        if (word == "," && place.Rest.Length > 3 && place.Rest.Skip(1).Take(3).All(char.IsDigit) && before.Length > 0 && char.IsDigit(before[before.Length - 1]))
            return At(place, "a number has no commas", $"write `{before}_{place.Rest.Substring(1, 3)}`, or `{before}{place.Rest.Substring(1, 3)}`");
        if (word == "as" && head is "aggregate" or "select" or "extend" or "summarize" or "count" or "group")
            return At(place, $"a name stands before its value in `{head}`", $"write `{head} NAME = {(place.Before.Length is > 0 and < 40 ? place.Before : "…")}`");

        return Relations.TryGetValue(word, out var relation) ? At(place, relation.Message, relation.Help) : null;
    }

    private static Diagnostic? OfPipe(FailurePlace place)
    {
        if (place.Word == "|" && place.Rest.StartsWith("||", StringComparison.Ordinal))
            return At(place, "a stage follows one `|`", $"write `{place.Rest.Substring(1)}`");
        if (place.Word == "|" && place.Position == place.StatementStart)
            return At(place, "a pipeline starts with a value", $"write `context {place.Rest}`");
        if (place.Word == "|" && place.Preceding == "|")
            return At(place, "one `|` stands between stages", $"write `{place.Rest}`");
        if (place.Word == "\"" && place.Preceding == "|" && QuotedAt(place.Rest, 0) is { } second
            && place.Text.Substring(place.StatementStart, place.Position - place.StatementStart) is var before && before.LastIndexOf("grep \"", StringComparison.Ordinal) is >= 0 and var grep && QuotedAt(before, grep) is { } first)
            return At(place, "`grep` takes one pattern", $"write `grep /{first.Text}|{second.Text}/`");
        if (place.Preceding == "|" && place.Head is null && (place.IsAtEnd || place.Word is ")" or "}" or "]"))
            return At(place, "nothing follows this `|`", "leave the `|` out, or write a stage");
        return null;
    }

    /// <summary>Habits that are bound to one operator.</summary>
    private static (string? Message, string? Help) OfHeadAndToken(FailurePlace place, string head, string word)
    {
        string rest = place.Rest;
        switch (head, word)
        {
            case ("count", _) when place.Before.Length == 0 && word is "where" or "if" or "when":
                return ($"`count` takes its condition without `{word}`", $"write `| count {Until(rest.Substring(word.Length))}`");
            case ("count", "distinct" or "unique") when place.Before.Length == 0 || place.Scan.Open == '(':
                return ("what is counted once is made `distinct` first", $"write `| distinct by {Until(rest.Substring(word.Length)).TrimEnd(')')} | count`");
            case ("aggregate" or "summarize" or "summarise", "(") when place.Rest.IndexOf(") as ", StringComparison.Ordinal) is var renamed and > 0:
                string name = rest.Substring(renamed + 5).Split(' ', ',', '|')[0];
                return ("a name stands before its value", $"write `aggregate {name} = {place.Before}{rest.Substring(0, renamed + 1)}`");
            case ("count", "("):
                return ("`count` takes a condition, or keys behind `by`", "write `| count`, or `| count by KEY`");
            case ("grep", "context") or ("grep", "lines"):
                return ("the lines beside a match come with `before`, `after` or `around`", "write `grep \"…\" around 3`");
            case ("head" or "take" or "first" or "limit" or "tail" or "last", "-"):
                return ("there are no flags", $"write `| {(head is "tail" or "last" ? "last" : "first")} {new string([.. rest.Where(char.IsDigit)])}`");
            case ("first" or "limit" or "take" or "head", ","):
                return ($"`{head}` takes one number", "write `| skip 5 | first 10`");
            case (_, "-") when place.Before.Length == 0 && OperatorForms.Of(head).Count > 0 && rest.Length > 1 && char.IsLetter(rest[1]):
                return ("there are no flags", head is "uniq" or "distinct" ? "write `| count by it`" : head is "sort" ? "write `| sort by it desc`" : "options are words");
            case ("slice", ":" or "to" or "-" or ","):
                return ("the two ends of a slice stand around `..`", TwoNumbers.Match(place.Before + rest) is { Success: true } ends ? $"write `slice {ends.Groups["from"].Value}..{ends.Groups["to"].Value} lines`" : "write `slice 1..3 lines`");
            case ("chunk", "-"):
                return ("`chunk` takes a number of at least 1", "write `chunk 50 lines`");
            case ("peek", _) when UnitSynonyms.Canonical(place.Before) is { } unit && word.All(char.IsDigit):
                return ("the number stands before the unit", $"write `peek {word} {unit}`");
            case ("top", _) when place.IsAtEnd:
                return ("`top` needs to know by what", $"write `top {(place.Before.Length > 0 ? place.Before : "3")} by count`, or `first {(place.Before.Length > 0 ? place.Before : "3")}` for the first ones");
            case ("group", _) when place.IsAtEnd && place.Before.Length > 0:
                return ("`group` takes its key behind `by`", $"write `group by {place.Before}`");
            case ("split", "by" or "on"):
                return ($"`split` takes its pattern without `{word}`", $"write `split {Until(rest.Substring(word.Length))}`");
            case ("parse", "as" or "as_" or "to"):
                return ($"`parse` takes its format without `{word}`", $"write `parse {Until(rest.Substring(word.Length))}`");
            case ("sample", "percent"):
                return ("a share is written with `%`", $"write `sample {place.Before}%`");
            case ("get", ","):
                return ("`get` takes one field, as a list of its values", $"write `select {place.Before}{Until(rest)}`");
            case ("select", "*"):
                return ("there is no `*`: rows keep all their fields", "leave the stage out, or name the fields: `select a, b`");
            case ("join", _) when place.Before.StartsWith("with", StringComparison.Ordinal) && word is "\"" or "'":
                return ("`join` takes its separator without `with`", $"write `join {Until(rest)}`");
            case ("join", _) when place.IsAtEnd && place.Before.Length == 0:
                return ("`join` needs a separator, or rows to join with", "write `join \", \"`, or `join other on FIELD`");
            case ("aggregate" or "summarize" or "summarise", "("):
                return ($"each value of `{head}` needs a name", $"write `aggregate {NameFor(place.Before)} = {place.Before}{rest.Split('|')[0].Trim()}`");
            case ("aggregate" or "summarize" or "summarise", "by"):
                return ("`by` stands behind the aggregates", place.Before.Length > 0 && !place.Before.Contains('=') ? $"write `aggregate {NameFor(place.Before)} = {place.Before}() {Until(rest)}`" : "write `aggregate n = count() by KEY`");
            case ("aggregate" or "summarize" or "summarise", "*"):
                return ("`count` takes no `*`", "write `count()`");
            case ("aggregate" or "extend" or "select", ":"):
                return ("a name and its value stand around `=`", $"write `{head} {place.Before} = …`");
            case ("to", "upper" or "lower"):
                return ($"`{word}` is a function", $"write `| {word}`");
            case ("to", "list"):
                return ("`list` is not a format", "leave the stage out; bullets are `to bullets`");
            case ("sort" or "order", "desc" or "asc"):
                return ($"`{word}` stands behind the key", $"write `sort by {(rest.Substring(word.Length).Trim() is { Length: > 0 and < 60 } key && key[0] != '|' ? Until(key.StartsWith("by ", StringComparison.Ordinal) ? key.Substring(3) : key) : CountsBefore(place) ? "count" : "it")} {word}`");
            case ("llm", "map" or "where" or "extend"):
                return ($"`{word}` stands before `llm`", $"write `{word} llm \"…\"`");
            case (_, "\"") when place.Before.StartsWith("map", StringComparison.Ordinal) && head == "llm":
                return ("`map` stands before `llm`", "write `map llm \"…\"`");
            case (_, ":" or "{") when head is "llm" or "map" or "reduce" or "where" or "extend" && place.Preceding is "llm":
                return ($"the prompt follows `llm` without `{word}`", "write `llm \"…\" as text`");
            case (_, ",") when place.Scan.Open == '\0' && head is "llm" or "map" or "reduce" or "where" && place.Before.Contains('"'):
                return ("options follow the prompt without a comma", "write `llm \"…\" as number`");
            case (_, "as") when place.Preceding == "llm":
                return ("the prompt stands before its options", "write `llm \"…\" as number`");
            case (_, "=") when head is "where" or "map" or "extend" && place.Before.StartsWith("llm", StringComparison.Ordinal):
                return ("the reply of `llm` is not an operand", "write `| extend x = llm \"…\" | where x == \"yes\"`, or `| where llm \"…\"`");
            case (_, _) when place.Scan.Open == '[' && place.Text.Substring(place.StatementStart, place.Scan.OpenAt - place.StatementStart).TrimEnd().EndsWith("one of", StringComparison.Ordinal):
                return ("labels are texts", "write `one of [\"a\", \"b\"]`");
            default:
                return place.IsShort ? OfStageForm(place, head, word) : (null, null);
        }
    }

    private static bool CountsBefore(FailurePlace place) => place.Text.Substring(place.StatementStart, place.Position - place.StatementStart).Contains("| count by ");

    /// <summary>The text up to the next pipe, to write down again.</summary>
    private static string Until(string rest)
    {
        string text = rest.Split('|')[0].Trim();
        if (!text.Contains('('))
            text = text.TrimEnd(')');
        return text.Length is > 0 and < 80 ? text : "…";
    }

    private static string NameFor(string function) => function is "count" or "" ? "n" : function.All(Lexemes.IsWordPart) ? $"{function}1" : "n";
}
