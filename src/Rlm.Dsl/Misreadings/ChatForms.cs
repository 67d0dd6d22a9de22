using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Text;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What chat models and people in a hurry write: prose, other words for what there is, and words too many.</summary>
internal static class ChatForms
{
    private static readonly Regex SeveralFolds = new(
        @"\|\s*(?:aggregate|summari[sz]e|agg|stats)\s+(?<name>\w+)\s*=[^|]*,\s*\w+\s*=[^|=]*\(.*\|\s*\w+\s*$", RegexOptions.CultureInvariant);

    private const string Slashed = @"(?<pattern>/(?:[^/\\\n]|\\.)+/\w*)";
    private const string LookedThrough = @"(?<of>[A-Za-z_][\w.]*)";
    private const string Formats = "table markdown json csv jsonl bullets";

    private static readonly Regex Sentence = new(@"^[A-Z]\w* [^|""]*$", RegexOptions.CultureInvariant);
    /// <summary>A line of words, the first with a capital, without a sign of a program.</summary>
    private static readonly Regex Prose = new(@"^[A-Z][a-z'’]+,?(?: [^|=""{}\[\]<>]*)?(?: [^|=""{}\[\]<>]*){2,}$", RegexOptions.CultureInvariant);

    /// <summary>The fold by keys that stands right before a stage.</summary>
    private static readonly Regex FoldBefore = new(
        @"(?:^|\||\blet\s+\w+\s*=)\s*(?<fold>count|sum|average|avg|mean|min|max|median|stdev|share)\b[^|]*\bby\b[^|]*\|\s*\w+\s*$", RegexOptions.CultureInvariant);

    /// <summary><c>w = name match /…/</c>, <c>w from name /…/</c>, <c>w = extract /…/ from name</c>, <c>name match /…/</c>.</summary>
    private static readonly Regex ColumnOfMatch = new(
        $@"^\s+(?<name>\w+)\s*(?:=\s*(?:(?:extract|match)\s+)?(?:{LookedThrough}\s+(?:(?:match|extract)\s+)?{Slashed}|{Slashed}\s+(?:from|in|of)\s+{LookedThrough})"
        + $@"|(?:from|in)\s+{LookedThrough}\s+{Slashed}|(?:match|extract)\s+{Slashed})(?=\s*(?:[|,)]|$))", RegexOptions.CultureInvariant);

    private static readonly Regex Bullet = new(@"^(?:[*•>]|\d+[.)])\s+(?=\S)", RegexOptions.CultureInvariant);
    private static readonly Regex NameBefore = new(@"^(?:let\s+)?\$?(?<name>\w+)\s*(?::\s*\w+\s*=|:=|<-|=|\bbe\b|\bto\b)\s*(?<value>\S.*)$", RegexOptions.CultureInvariant);
    private static readonly Regex NameBehind = new(@"^(?:->|(?:as|into)\b)\s*\$?(?<name>[A-Za-z_]\w*)$", RegexOptions.CultureInvariant);

    private static readonly Regex ValueBehind = new(
        @"^(?<leader>let\s+\$?\w+\s*=\s*|answer\s+)?(?<stage>(?<head>\w+)(?:\s.*?)??)\s+(?:(?:on|of|in|from|for|over)\s+)?(?<value>[A-Za-z_]\w*)(?<rest>\s*\|.*)?$",
        RegexOptions.CultureInvariant);

    private static readonly Regex FieldTypes = new(@"as\s*\(?\s*(?<types>\w+\s*:\s*\w+(?:\s*,\s*\w+\s*:\s*\w+)*)", RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<ForeignWord> Words =
    [
        new("similarity", "write `| group similar KEY above 0.9`"),
        new("find", "write `| grep \"…\"`, or of rows `| where FIELD contains \"…\"`"),
        new("by", "write `| lines`, `| paragraphs` or `| chunk 50 lines`"),
        new("json", "write `| parse json` to read it, or `| to json` to write it"),
        new("jsonl", "write `| parse jsonl` to read it, or `| to jsonl` to write it"),
        new("csv", "write `| parse csv` to read it, or `| to csv` to write it"),
        new("tsv", "write `| parse tsv`"),
        new("xlsx", "write `| parse xlsx`"),
        new("excel", "write `| parse xlsx`"),
        new("html", "write `| parse html`"),
        new("as", "write `| to table`, `| to json` or `| to csv`"),
        new("classify", "write `| extend kind = llm \"Which kind?\" as one of [\"a\", \"b\"]`"),
        new("ask", "write `| llm \"…\"` about the whole, or `| map llm \"…\"` for each item"),
        new("summarise_text", "write `| reduce llm \"Summarise.\"`"),
        new("answer", "write it at the start of the statement: `answer context | lines | count`"),
    ];

    public static readonly IReadOnlyList<ForeignWord> Calls = [new("final final_var output finish submit", "write `answer x`")];

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("chat: a bullet", Statement, "", "", at => Bullet.Match(at.StatementLine) is { Success: true } bullet
            ? at.TellOpening(bullet.Length, "a statement has no bullet and no number before it", $"leave `{bullet.Value.Trim()}` out") with
            {
                Fix = new DiagnosticFix(new SourceSpan(at.StatementStart, bullet.Length), ""),
            }
            : null),
        new("chat: a sentence", Statement, "", "", at => Prose.IsMatch(at.StatementLine.TrimEnd())
            ? at.TellOpening(at.StatementLine.TrimEnd().Length, "this is not a statement", $"leave it out, or make it a comment: `# {at.StatementLine.TrimEnd()}`") with
            {
                Fix = new DiagnosticFix(new SourceSpan(at.StatementStart, 0), "# "),
            }
            : null),
        new("chat: reject", Head, "reject exclude", "", at => at.Before.Length == 0 && at.RestOfStage != "…" && at.Scan.FollowsPipe
            ? at.TellHead("what is left out is told by `not`", $"write `where not ({Excerpt.WithoutParentheses(at.RestOfStage)})`")
            : null),

        OfOpening("chat: an answer in prose", "answer", (at, rest) =>
            Sentence.IsMatch(rest) || (rest.Contains('{') && Names.IsWordStart(rest[0]) && !rest.Contains('"'))
                ? at.Tell("a text stands in quotes", $"write `answer \"{rest.Trim('"')}\"`")
                : null),
        OfOpening("chat: answer by another word", "answer return output final result emit yield finally", (at, rest) =>
            at.FirstWord != "answer"
                ? at.TellOpening(at.FirstWord.Length, $"there is no `{at.FirstWord}`; `answer` ends the work", $"write `answer {rest}`")
                : null),
        OfOpening("chat: show", "show display print echo run execute", (at, rest) =>
            at.TellOpening(at.FirstWord.Length, $"there is no `{at.FirstWord}`; a pipeline's value is shown", $"write `{rest.Trim('(', ')')}`")),
        new("chat: prose", MisreadingStep.Opening, "", "", at =>
        {
            string line = Opening.LineOf(at);
            bool isProse = at.FirstWord != "answer" && at.IsWord && line.Split(' ').Length > 2 && line.IndexOfAny(['"', '=', '|']) < 0;
            return isProse && Opening.RestOf(at) is not null
                ? at.TellOpening(line.Length, "this is not a statement", $"leave it out, or make it a comment: `# {line}`")
                : null;
        }),

        new("chat: a name with other signs", Line, "", ": < be to", at =>
            !at.StatementBefore.Contains('|') && NameBefore.Match(Opening.LineOf(at)) is { Success: true } named
                ? at.Tell("a value is named with `let`", $"write `let {named.Groups["name"].Value} = {named.Groups["value"].Value}`")
                : null),
        new("chat: a name behind its value", Line, "", "", at =>
            at.Expects("|") && at.StatementBefore.Contains('|') && at.FirstWord is not ("let" or "answer" or "assert")
            && NameBehind.Match(at.Rest.TrimEnd(';')) is { Success: true } behind && !at.Before.Contains("llm") && !(at.Word == "as" && at.Before.Length > 0)
                ? at.Tell("a value is named with `let`, before it", $"write `let {behind.Groups["name"].Value} = {at.StatementBefore.Trim()}`")
                : null),
        new("chat: a value behind its stage", Line, "", "", at =>
            ValueBehind.Match(Opening.LineOf(at)) is { Success: true, Groups: var parts }
            && parts["value"].Index + at.StatementStart - at.Position is >= 0 and <= 5
            && !at.Before.StartsWith("llm", StringComparison.Ordinal) && at.Before != "by similar" && !Names.OfItem.Contains(parts["value"].Value)
            && OperatorForms.Of(parts["head"].Value).Any(form => form.IsComplete || parts["stage"].Length > parts["head"].Length)
            && !parts["stage"].Value.EndsWith(" by", StringComparison.Ordinal)
            && OperatorForms.Of(parts["value"].Value).Count == 0 && !Names.Reserved.Contains(parts["value"].Value)
                ? at.Tell("the value stands first, and stages follow it",
                    $"write `{parts["leader"].Value}{parts["value"].Value} | {parts["stage"].Value}{parts["rest"].Value}`")
                : null),

        new("chat: typographic quotes", MisreadingStep.String, "", "‘", at => at.Position == at.StatementStart ? null
            : at.Tell("a string stands in straight quotes", at.Rest.IndexOf('’') is > 1 and var close ? $"write `\"{at.Rest.Substring(1, close - 1)}\"`" : "write `\"…\"`")),

        OfRelation("chat: does not contain", "does doesn isn", (at, around) =>
            Excerpt.Quoted.Match(around.Behind) is { Success: true } absent
                ? at.Tell($"there is no `{at.Word}`", $"write `{around.Left} not contains {absent.Value}`") with
                {
                    Fix = new DiagnosticFix(new SourceSpan(at.Position, at.Span.Length + absent.Index), "not contains "),
                }
                : null),
        OfRelation("chat: ignore case", "ignore ignoring case", (at, around) =>
        {
            string before = around.Before;
            if (before is not [.., '"'] || !Excerpt.Quoted.IsMatch(before) || at.HeadWord is not ("where" or "filter" or "any" or "all" or "share"))
                return null;

            string literal = before.Substring(before.LastIndexOf('"', before.Length - 2)).Trim('"');
            string subject = Excerpt.OperandBefore(before.Substring(0, before.Length - literal.Length - 2).TrimEnd().Replace(" contains", "").Replace(" ==", ""));
            return at.Tell("a regex ignores case", $"write `{subject} matches {Excerpt.WriteSlashed(literal)}i`");
        }),

        new("chat: split by", Stage, "split", "by on", at =>
            at.Tell($"`split` takes its pattern without `{at.Word}`", $"write `split {at.Argument}`")),
        new("chat: parse of another format", MisreadingStep.Head, "parse", "", at => at.Before.Length == 0 && FormatHelp(at.Word.ToLowerInvariant()) is { } help
            ? at.Tell($"`{at.Word}` is not a format that `parse` knows", help)
            : null),
        new("chat: several patterns of extract", StageForm, "extract", "and ,", at => at.Before.Length > 0
            ? at.Tell("`extract` takes one pattern, with a hole for each field", "write `extract \"{a} {b}\"` for two fields `a` and `b`")
            : null),
        new("chat: parse as", Stage, "parse", "as as_ to", at =>
            at.Tell($"`parse` takes its format without `{at.Word}`", $"write `parse {at.Argument}`")),
        new("chat: sample percent", Stage, "sample", "percent", at =>
            at.Tell("a share is written with `%`", $"write `sample {at.Before}%`")),
        new("chat: join with", Stage, "join", "\" '", at => at.Before.StartsWith("with", StringComparison.Ordinal)
            ? at.Tell("`join` takes its separator without `with`", $"write `join {at.RestOfStage}`")
            : null),
        new("chat: to upper", Stage, "to", "upper lower", at => at.Tell($"`{at.Word}` is a function", $"write `| {at.Word}`")),
        new("chat: to list", Stage, "to", "list", at => at.Tell("`list` is not a format", "leave the stage out; bullets are `to bullets`")),
        new("chat: sort desc", Stage, "sort order sort_values sort_by arrange", "desc asc descending ascending", at =>
        {
            string key = at.Behind.Trim() is { Length: > 0 and < 60 } own && own[0] != '|'
                ? Excerpt.UpToPipe(own.StartsWith("by ", StringComparison.Ordinal) ? own.Substring(3) : own)
                : FoldBefore.Match(at.StatementBefore) is { Success: true, Groups: var fold } ? FunctionSynonyms.Canonical(fold["fold"].Value) ?? fold["fold"].Value : "it";
            string direction = at.Word.StartsWith("desc", StringComparison.Ordinal) ? "desc" : "asc";
            return key == "it" && SeveralFolds.Match(at.StatementBefore) is { Success: true, Groups: var folds }
                ? at.Tell($"`{at.Word}` stands behind the key", $"say which value it goes by: `sort by {folds["name"].Value} {direction}`")
                : at.MendStage($"`{at.Word}` stands behind the key", $"sort by {key} {direction}");
        }),

        new("chat: a match in a column", StageForm, "extend mutate assign derive with set eval", "", at =>
        {
            if (at.Head is not var (_, head) || ColumnOfMatch.Match(at.LineFrom(head.End)) is not { Success: true, Groups: var match } column || at.Position > head.End + column.Length)
                return null;

            string name = match["name"].Value, pattern = match["pattern"].Value;
            string meant = match["of"].Success ? $"{name} = match({match["of"].Value}, {pattern})" : $"{name} {pattern}";
            return at.Tell("what a pattern matches in a field comes from `match`", $"write `extend {meant}`") with
            {
                Fix = new DiagnosticFix(SourceSpan.Between(head.End, head.End + column.Length), $" {meant}"),
            };
        }),
        new("chat: join by", StageForm, "join", "by", at =>
            at.Tell("`join` takes its separator without `by`", $"write `join {at.Argument}`")),
        new("chat: percent by", StageForm, "percent", "by", at =>
            at.Tell("the share of each key is `share by`", $"write `share {at.RestOfStage}`")),
        new("chat: split lines", StageForm, "split", "", at =>
            at.IsWord && at.Word.TrimEnd('s') + "s" is var pieces and ("lines" or "words" or "paragraphs" or "sentences")
                ? at.Tell($"`{pieces}` is a stage of its own", $"write `{pieces}`")
                : null),
        new("chat: so many lines", StageForm, "lines", "", at =>
        {
            if (at.Rest.TrimStart('[', '(') is not [>= '0' and <= '9', ..] digits)
                return null;

            return at.Tell("`lines` takes all of them", Excerpt.TwoNumbers.Match(at.Rest) is { Success: true } range
                ? $"write `| slice {range.Groups["from"].Value}..{range.Groups["to"].Value} lines`"
                : $"write `| lines | first {new string([.. digits.TakeWhile(char.IsDigit)])}`");
        }),
        new("chat: first lines", StageForm, "first head take limit last tail skip offset sample", "", at =>
            UnitSynonyms.Canonical(at.Word) is not null && at.Before.All(char.IsDigit)
                ? at.Tell($"`{at.HeadWord}` counts what comes in, without a unit", at.Before.Length > 0 ? $"write `{at.HeadWord} {at.Before}`" : $"write `{at.HeadWord}`")
                : null),
        new("chat: skip first", StageForm, "skip peek", "first", at =>
            at.Tell($"`{at.HeadWord}` takes a number without `first`", $"write `{at.HeadWord} {at.Argument}`")),
        new("chat: rank so many", StageForm, "rank search", "", at => at.Word is [>= '0' and <= '9', ..]
            ? at.Tell("`rank` takes how many behind `top`", $"write `rank {at.Before} top {at.Word}`")
            : null),
        new("chat: rank by", StageForm, "rank search", "by for", at =>
            at.Tell($"`{at.HeadWord}` takes its query without `{at.Word}`", $"write `rank {at.Argument}`")),
        new("chat: rank a regex", StageForm, "rank search", "/", at =>
            at.Tell("a regex is looked for with `grep`", $"write `grep {at.RestOfStage}`")),

        new("chat: to string", StageForm, "to", "string text", at => at.Tell("a list becomes a text with `join`", "write `join \"\\n\"`")),
        new("chat: to a table", StageForm, "to", "table", at => at.Tell("one word names the format", "write `to table`")),
        new("chat: as a table", StageForm, "format", Formats, at => at.Before.Length == 0
            ? at.Tell("a format follows `to`", $"write `to {(at.Word == "markdown" ? "table" : at.Word)}`")
            : null),
        new("chat: a relation before its subject", StageForm, "any all where filter", "\" / '", at =>
            at.Before is "contains" or "matches" or "starts with" or "ends with"
                ? at.Tell("what is tested stands before the relation", $"write `{at.HeadWord} it {at.Before} {at.RestOfStage}`")
                : null),
        new("chat: extract with types", StageForm, "extract", ": (", at => FieldTypes.Match(at.Before + at.Rest) is { Success: true } types
            ? at.Tell("types are given in braces, by field", $"write `as {{{types.Groups["types"].Value}}}`")
            : null),
        new("chat: a colon behind an operator", StageForm, "", ":", at => at.Before.Length == 0 && OperatorForms.Of(at.HeadWord).Count > 0
            ? at.Tell($"`{at.HeadWord}` takes its arguments without `:`", $"write `{at.HeadWord} {at.Argument}`")
            : null),

        new("chat: answer twice", Token, "", "answer", at =>
            at.Preceding == "answer" ? at.Tell("`answer` stands once", $"write `{at.Rest}`") : null),
    ];

    /// <summary>How the parts of a text are taken that <c>parse</c> does not know.</summary>
    private static string? FormatHelp(string format) => format switch
    {
        "logfmt" or "kv" or "keyvalue" => "write `lines | extend level = match(it, /level=(\\S+)/)`, for each key",
        "log" or "logs" or "syslog" or "text" or "txt" => "write `extract \"{time} {level} {message}\"`, with the signs of the lines between the holes",
        "xml" => "write `extract /<name>(?<name>[^<]*)<\\/name>/`, for each element",
        "yaml" or "yml" or "ini" or "toml" or "properties" => "write `extract /^(?<key>\\w+)\\s*[:=]\\s*(?<value>.*)$/`, a row for each key",
        "srt" or "vtt" => "write `extract \"{start} --> {end}\"`, or cut it by `paragraphs`",
        _ => null,
    };
}
