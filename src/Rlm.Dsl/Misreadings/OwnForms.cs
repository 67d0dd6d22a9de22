using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>Our own words in another order, or with something left out or put in.</summary>
internal static class OwnForms
{
    private static readonly Regex SortBefore = new(@"\|\s*(?:sort|order)\s+by\s+(?<key>[^|,]+?)\s+desc\s*\|\s*\w+\s+\d+\s*$", RegexOptions.CultureInvariant);
    private static readonly Regex KeyBeforeNumber = new(@"^(?<key>by\s+.+?)\s+(?<n>\d+)\s*(?:\||$)", RegexOptions.CultureInvariant);
    private static readonly Regex CountAndKey = new(@"^(?<n>\d+)\s+by\s+(?<key>\S.*)$", RegexOptions.CultureInvariant);
    private static readonly Regex Least = new(@"^(?<key>\S.*?)\s+asc(?:ending)?$", RegexOptions.CultureInvariant);
    private static readonly Regex BestPerKey = new(@"^per\s+(?<key>[^|]+?)\s+by\s+(?<by>[^|]+?)\s*(?:\||$)", RegexOptions.CultureInvariant);
    private static readonly Regex Direction = new(@"\s+(?:desc|asc)(?:ending)?$", RegexOptions.CultureInvariant);
    private static readonly Regex TopOfAll = new(@"^\d+\s+by\s+\S", RegexOptions.CultureInvariant);

    private static readonly Regex KeyOfEach = new(
        @"^(?:by|for|within|in|of|each)\s+(?:(?:each|every)\s+)?(?<key>[^|]+?)\s*(?:\||$)", RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("ours: a table of Markdown", StageForm, "parse", "table", at => at.Before.Trim() is "markdown" or "md"
            ? at.Tell("`parse table` reads the table of a Markdown text", "write `parse table`")
            : null),
        new("ours: a pipe at the start", Pipe, "", "|", at => at.Position == at.StatementStart
            ? at.Tell("a pipeline starts with a value", $"write `context {at.Rest}`")
            : null),
        new("ours: a pipe twice", Pipe, "", "|", at =>
            at.Preceding == "|" ? at.Tell("one `|` stands between stages", $"write `{at.Rest}`") : null),
        new("ours: a pipe at the end", Pipe, "", "", at =>
            at.Preceding == "|" && at.Head is null && (at.IsAtEnd || at.Word is ")" or "}" or "]")
                ? at.Tell("nothing follows this `|`", "leave the `|` out, or write a stage") with
                {
                    Fix = new(SourceSpan.Between(at.StatementStart + at.StatementBefore.TrimEnd().Length - 1, Math.Min(at.Position, at.Text.Length)), ""),
                }
                : null),

        new("ours: a quote in a string", MisreadingStep.String, "", "", at =>
        {
            char quote = at.Position > at.StatementStart && !at.IsAtEnd ? at.Text[at.Position - 1] : '\0';
            if (quote is not ('"' or '\'') || !(at.IsWord || char.IsDigit(at.Word[0])))
                return null;

            int start = at.Position < 2 ? -1 : at.Text.LastIndexOf(quote, at.Position - 2, at.Position - 1 - at.StatementStart);
            if (start < 0)
                return null;

            string text = ReadIntended(at.LineFrom(start + 1), quote, at.Position - start - 1);
            return at.Tell($"the `{quote}` before it ends the string",
                $"write `\"{(quote == '"' ? text.Replace("\\\"", "\"") : text).Replace("\"", "\\\"")}\"`");
        }),

        OfChunk("ours: chunk into", at => ChunkStage.Of(at) is { IsInto: true } chunk && !at.IsAtEnd
            ? at.Tell("`chunk into` takes a number alone", $"write `chunk into {chunk.Number}`")
            : null),
        OfChunk("ours: chunk by pieces", at => ChunkStage.Of(at) is { IsInto: false, Pieces: { } pieces }
            ? at.Tell($"`{pieces}` is a stage of its own", $"write `{pieces}`")
            : null),
        OfChunk("ours: an overlap", at => ChunkStage.Of(at) is { IsInto: false, Overlap: { } overlap } chunk
            ? at.Tell("an overlap is a number of the same unit", $"write `chunk {chunk.Number} {chunk.Unit ?? "lines"} overlap {overlap}`")
            : null),
        OfChunk("ours: bytes", at => ChunkStage.Of(at) is { IsInto: false, Number: [.., 'b' or 'B'] number }
            ? at.Tell("sizes are counted in `lines`, `chars`, `tokens`, `words` or `items`", $"write `chunk {number.TrimEnd('b', 'B').TrimEnd('m', 'M')} chars`")
            : null),
        OfChunk("ours: a unit before its number", at => ChunkStage.Of(at) is { IsInto: false, IsTurned: true } chunk
            ? at.Tell("`chunk` takes its number, then its unit", $"write `chunk {chunk.Number} {chunk.Unit ?? "lines"}`")
            : null),
        OfChunk("ours: no unit", at =>
            ChunkStage.Of(at) is { IsInto: false, Unit: null, Number: var number } && at.Before.TrimStart('(') is [>= '0' and <= '9', ..]
                ? at.Tell($"`chunk {number}` needs a unit",
                    $"write `chunk {number} {(number is [.., 'k' or 'K'] ? "tokens" : "lines")}`, or `chars`, `tokens`, `words`, `items`")
                : null),

        new("ours: parse by a pattern", Stage, "parse", "\" ' /", at => at.Before.Length == 0
            ? at.Tell("`parse` takes a format, and a pattern is read by `extract`", $"write `extract {at.RestOfStage}`") with { Fix = new(at.Head!.Value.Span, "extract") }
            : null),
        new("ours: a negative chunk", Stage, "chunk", "-", at => at.Tell("`chunk` takes a number of at least 1", "write `chunk 50 lines`")),
        new("ours: peek with a unit first", Stage, "peek", "", at =>
            UnitSynonyms.Canonical(at.Before) is { } unit && at.Word.All(char.IsDigit)
                ? at.Tell("the number stands before the unit", $"write `peek {at.Word} {unit}`")
                : null),
        new("ours: group similar by", Stage, "group", "", at => at.Before == "by similar" && !at.IsAtEnd
            ? at.MendStage("`group similar` has its key without `by`", $"group similar {at.RestOfStage}")
            : null),
        new("ours: group similar without a key", Stage, "group", "", at => at.IsAtEnd && at.Before == "similar"
            ? at.Tell("`group similar` needs its key", "write `group similar it`, or `group similar FIELD` where the items are records")
            : null),
        new("ours: group without by", Stage, "group", "", at => at.IsAtEnd && at.Before.Length > 0
            ? at.Tell("`group` takes its key behind `by`", $"write `group by {at.Before}`")
            : null),
        new("ours: join of nothing", Stage, "join", "", at => at.IsAtEnd && at.Before.Length == 0
            ? at.Tell("`join` needs a separator, or rows to join with", "write `join \", \"`, or `join other on FIELD`")
            : null),

        new("ours: per before by", StageForm, "top", "per", at => BestPerKey.Match(at.Rest) is { Success: true } best
            ? at.Tell("`per` stands behind what `top` goes by", $"write `top {at.Before} by {best.Groups["by"].Value} per {best.Groups["key"].Value}`")
            : null),
        new("ours: top by nothing", StageForm, "top", "ties", at => at.Before.EndsWith("by with", StringComparison.Ordinal)
            ? at.Tell("`by` needs what `top` goes by", $"write `top {at.Before.Substring(0, at.Before.Length - 4)}FIELD with ties`")
            : null),
        new("ours: top by the least", StageForm, "top", "asc ascending", at => CountAndKey.Match(at.Before) is { Success: true } least && at.RestOfStage == at.Word
            ? at.MendStage("`top` takes the greatest; the least come first in an ascending order", $"sort by {least.Groups["key"].Value} | first {least.Groups["n"].Value}")
            : null),
        new("ours: top without by", StageForm, "top", "", at => at.IsWord && at.Before.Length > 0 && at.Before.All(char.IsDigit)
            ? Least.Match(at.RestOfStage) is { Success: true } last
                ? at.MendStage("`top` takes the greatest; the least come first in an ascending order", $"sort by {last.Groups["key"].Value} | first {at.Before}")
                : at.Tell("`top` takes its key behind `by`", $"write `top {at.Before} by {at.RestOfStage}`")
            : null),
        new("ours: first by", StageForm, "first head take limit last tail", "by", TellOrder),
        new("ours: first with ties", StageForm, "first head take limit", "with", at => at.Argument.Trim() == "ties" && at.Before.All(char.IsDigit)
            ? at.Tell("ties are kept by `top`", SortBefore.Match(at.StatementBefore) is { Success: true } sort
                ? $"write `top {at.Before} by {sort.Groups["key"].Value} with ties` in the place of `sort`"
                : $"write `top {at.Before} by FIELD with ties`")
            : null),
        new("ours: a name for a number", StageForm, "first last take head tail limit", "", at =>
            at.IsWord && at.Before.Length == 0 && at.Argument == "…"
                ? at.Tell("a name stands in parentheses here", $"write `{at.HeadWord} ({at.Word})`")
                : null),
        new("ours: the best of each", StageForm, "top", "by for within in of each", at =>
            TopOfAll.IsMatch(at.Before) && KeyOfEach.Match(at.Rest) is { Success: true } grouped
                ? at.Tell("the best of each group are told by `per`", $"write `top {at.Before} per {grouped.Groups["key"].Value}`")
                : null),
        new("ours: top by before its number", StageForm, "top", "by", at => at.Tell("`top` takes its number first",
            KeyBeforeNumber.Match(at.Rest) is { Success: true } top
                ? $"write `top {top.Groups["n"].Value} {top.Groups["key"].Value}`"
                : $"write `top 3 {at.RestOfStage}`")),

        new("ours: let of a reserved word", MisreadingStep.Name, "", "", ReservedName.OfLet),
        new("ours: let without a sign", Token, "let", "", at =>
        {
            if (at.Before.Length == 0 || at.Before.Contains('=') || at.IsAtEnd || at.IsTypeMark)
                return null;

            string value = at.Rest.TrimStart(':', '=', ' ', '-') is { Length: > 0 and < 80 } own && at.Rest[0] != 'b' ? own : "…";
            return at.Tell("`let` needs `=` behind its name", $"write `let {at.Before} = {value}`");
        }),
        new("ours: nothing behind let", Token, "", "", at => at.IsAtEnd && at.Preceding == "let"
            ? at.Tell("nothing follows `let`", "write `let rows = context | lines`")
            : null),
        new("ours: nothing behind answer", Token, "", "", at => at.IsAtEnd && (at.Preceding == "answer" || (at.Preceding == "=" && at.FirstWord == "let"))
            ? at.Tell($"nothing follows `{at.Preceding}`",
                $"write a pipeline: `{(at.Preceding == "=" ? $"let {at.Before.TrimEnd('=', ' ')} =" : at.Preceding)} context | lines`")
            : null),
        new("ours: if without else", Token, "", "", at =>
            at.IsAtEnd && at.StatementBefore.Contains(" then ") && at.StatementBefore.Trim() is var open
                ? at.Tell("every `if` needs an `else`", $"write `{open.Substring(Math.Max(0, open.LastIndexOf("if ", StringComparison.Ordinal)))} else none`")
                : null),
        new("ours: millions by a letter", Token, "", "", at => at.Word is [>= '0' and <= '9', .., 'M' or 'B']
            ? at.Tell($"`{at.Word}` is not a number; only `k` stands for thousands", $"write `{at.Word.Substring(0, at.Word.Length - 1)}_000_000`")
            : null),
        new("ours: a long number", Token, "", "", at => at.Word.Length > 28 && Lexemes.Digits(at.Word, 0) >= at.Word.Length - 1
            ? at.Tell("a number has at most 28 digits", "write the digits as a text, in quotes")
            : null),
        new("ours: commas in a number", Token, "", ",", at =>
            at.Rest.Length > 3 && at.Rest.Skip(1).Take(3).All(char.IsDigit) && at.Preceding is [.., >= '0' and <= '9'] && at.Rest.Substring(1, 3) is var group
                ? at.Tell("a number has no commas", $"write `{at.Preceding}_{group}`, or `{at.Preceding}{group}`")
                : null),

        new("ours: a pipeline before a sign", Operand, "", "", at =>
        {
            bool isSign = at.Word is "+" or "-" or "*" or "/" or "%" or ">" or "<" or "=" or "!" or "and" or "or" && at.Rest.Length > 2;
            string before = at.StatementBefore.Trim(), leader = Excerpt.LeaderOf(before);
            return isSign && at.Scan.FollowsPipe && at.Scan.Open == '\0' && !at.Before.Contains("llm") && !before.Contains('\n')
                ? at.Tell("a pipeline in an expression stands in parentheses", $"write `{leader}({before.Substring(leader.Length)}) {at.Rest}`")
                : null;
        }),
    ];

    /// <summary><c>first 3 by n desc</c>: which come first is told by the direction alone, and the last are the greatest.</summary>
    private static Diagnostic? TellOrder(FailurePlace at)
    {
        if (!at.Before.All(char.IsDigit))
            return null;

        string cut = at.HeadWord is "last" or "tail" ? "last" : "first", count = at.Before.Length > 0 ? $" {at.Before}" : "", key = Direction.Replace(at.RestOfStage, "");
        string direction = Direction.Match(at.RestOfStage).Value.TrimStart(), sorted = $"sort {key}{(direction.StartsWith("desc", StringComparison.Ordinal) ? " desc" : "")} | {cut}{count}";
        string message = $"`{at.HeadWord}` takes the items as they come";
        return direction.Length > 0 || cut == "last" ? at.MendStage(message, sorted)
            : at.TellHead(message, $"write `{sorted}` for the least, `top{(count.Length > 0 ? count : " 1")} {key}` for the greatest");
    }

    private static Misreading OfChunk(string id, Func<FailurePlace, Diagnostic?> tell) => new(id, Operator, "chunk", "", tell);

    /// <summary>What a string was to hold: up to the line's last such quote before options or the next stage.</summary>
    private static string ReadIntended(string line, char quote, int least)
    {
        int stage = line.IndexOf($"{quote} |", StringComparison.Ordinal), option = line.IndexOf($"{quote} as ", StringComparison.Ordinal);
        int end = option >= 0 && (stage < 0 || option < stage) ? option : stage >= 0 ? stage : line.LastIndexOf(quote);
        return end > least ? line.Substring(0, end) : "…";
    }
}
