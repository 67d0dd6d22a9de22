using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Parsing;

/// <summary>Relations, patterns and amounts in the notation of another language, written again with the program's own operands.</summary>
internal static partial class MisreadForm
{
    private static readonly Regex OperandBefore = new(@"[\w.]+(?:\([^()]*\))?$", Plain | RegexOptions.RightToLeft);
    private static readonly Regex NextOperand = new("^\\s*(?<value>\"[^\"]*\"|'[^']*'|[\\w.]+(?:\\([^()]*\\))?)", Plain);
    private static readonly Regex Between = new("^\\s*(?<low>\"[^\"]*\"|'[^']*'|[\\w.]+)\\s+and\\s+(?<high>\"[^\"]*\"|'[^']*'|[\\w.]+)", Plain | RegexOptions.IgnoreCase);
    private static readonly Regex QuotedList = new("\"[^\"]*\"|'[^']*'", Plain);

    /// <summary>A relation that other languages have between two operands.</summary>
    private static Diagnostic? OfRelation(FailurePlace place)
    {
        string before = place.Text.Substring(place.StatementStart, place.Position - place.StatementStart).TrimEnd();
        string operand = OperandBefore.Match(before) is { Success: true } match && match.Value is not ("where" or "not" or "and" or "or") ? match.Value : "x";
        string rest = place.Rest.Substring(Math.Min(place.Word.Length, place.Rest.Length));
        string? value = NextOperand.Match(rest) is { Success: true } next ? next.Groups["value"].Value : null;
        string text = value?.Trim('"', '\'') ?? "…";
        switch (place.Word.ToLowerInvariant())
        {
            case "like" or "ilike" when value is not null && value[0] is '"' or '\'':
                bool opens = text is ['%', ..], closes = text is [.., '%'];
                string relation = opens == closes ? opens ? "contains" : "==" : opens ? "ends with" : "starts with";
                return At(place, $"there is no `{place.Word}`", $"write `{operand} {relation} \"{text.Trim('%')}\"`");
            case "between" when Between.Match(rest) is { Success: true } range:
                // Texts have no order; what is written as dates is read as dates.
                bool areDates = range.Groups["low"].Value is ['"' or '\'', >= '0' and <= '9', ..];
                string subjectOfRange = areDates ? $"date({operand})" : operand;
                string Limit(string group) => areDates ? $"date({range.Groups[group].Value})" : range.Groups[group].Value;
                return At(place, "there is no `between`", $"write `{subjectOfRange} >= {Limit("low")} and {subjectOfRange} <= {Limit("high")}`");
            case "has" or "includes" or "include" or "contain" or "containing" when value is not null:
                return At(place, $"there is no `{place.Word}`", $"write `{operand} contains {value}`");
            case "does" or "doesn" or "isn" when QuotedList.Match(rest) is { Success: true } absent:
                return At(place, $"there is no `{place.Word}`", $"write `{operand} not contains {absent.Value}`");
            case "startswith" or "beginswith" or "starts_with" when value is not null:
                return At(place, "`starts with` is two words", $"write `{operand} starts with {value}`");
            case "endswith" or "ends_with" when value is not null:
                return At(place, "`ends with` is two words", $"write `{operand} ends with {value}`");
            case "equals" or "eq" when value is not null:
                return At(place, $"there is no `{place.Word}`", $"write `{operand} == {value}`");
            case "ignore" or "ignoring" or "case" when QuotedList.Match(before) is { Success: true } && before is [.., '"'] && place.Head?.Word is "where" or "filter" or "any" or "all" or "share":
                string literal = before.Substring(before.LastIndexOf('"', before.Length - 2)).Trim('"');
                string subject = OperandBefore.Match(before.Substring(0, before.Length - literal.Length - 2).TrimEnd().Replace(" contains", "").Replace(" ==", "")).Value;
                return At(place, "a regex ignores case", $"write `{subject} matches /{literal.Replace("/", "\\/")}/i`");
            case "!" or "~" or "=" when place.Rest.TrimStart('!', '=', '~', ' ') is { Length: > 1 } pattern && pattern[0] == '/' && (place.Rest[0] == '!' || place.Rest.IndexOf('~') is 0 or 1):
                return At(place, "a regex is tested with `matches`", $"write `{OperandBefore.Match(before.TrimEnd('=', '!', ' ')).Value} {(place.Rest[0] == '!' || before is [.., '!'] ? "not " : "")}matches {pattern.Split('|')[0].Trim()}`");
            case "," when place.Scan.Open == '(' && place.Text.Substring(place.StatementStart, place.Scan.OpenAt - place.StatementStart).TrimEnd() is var opener && Regex.IsMatch(opener, @"\bin$", Plain | RegexOptions.IgnoreCase):
                string items = LineFrom(place, place.Scan.OpenAt + 1);
                return At(place, "a list stands in brackets", items.IndexOf(')') is var end and > 0 ? $"write `in [{items.Substring(0, end)}]`" : "write `in [\"a\", \"b\"]`");
            case "," or ":" when place.Scan.Open == '(' && place.Text.Substring(place.StatementStart, place.Scan.OpenAt - place.StatementStart).Split('|').Last().Trim() is var called && OperatorForms.Of(called).Count > 0:
                string arguments = LineFrom(place, place.Scan.OpenAt + 1);
                arguments = arguments.Substring(0, arguments.IndexOf(')') is > 0 and var closing ? closing : arguments.Length);
                return At(place, $"`{called}` takes its arguments without commas", called == "slice" && TwoNumbers.Match(arguments) is { Success: true } two
                    ? $"write `slice {two.Groups["from"].Value}..{two.Groups["to"].Value} lines`" : $"write `{called} {arguments.Replace(",", "").Replace(":", "")}`");
            case "[" when place.Preceding is "any" or "all" && before.EndsWith("contains " + place.Preceding, StringComparison.Ordinal):
                string joined = string.Join("|", QuotedList.Matches(place.Rest).Cast<Match>().Select(item => Regex.Escape(item.Value.Trim('"', '\''))));
                return At(place, "one of several texts is looked for with a regex", $"write `{OperandBefore.Match(before.Substring(0, before.LastIndexOf(" contains", StringComparison.Ordinal))).Value} matches /{(joined.Length > 0 ? joined : "a|b")}/`");
            case "~" when value is ['"' or '\'', ..] && place.Text[place.Position - 1] == '=':
                return At(place, "there is no `=~`", $"write `{Operand(before.Substring(0, before.Length - 1))} matches /{Regex.Escape(text).Replace("/", "\\/")}/i`");
            case "=" when value is not null && before is [.., '=', '='] && place.Text[place.Position - 1] == '=':
                return At(place, "equality has two signs", $"write `{Operand(before.TrimEnd('='))} == {value}`");
            case "*" when before is [.., '*'] && value?.Length == 1 && value[0] is >= '2' and <= '4':
                return At(place, "there is no power operator", $"write `{string.Join(" * ", Enumerable.Repeat(Operand(before.TrimEnd('*')), value[0] - '0'))}`");
            default:
                return null;
        }
    }

    private static string Operand(string before) => OperandBefore.Match(before.TrimEnd()) is { Success: true, Length: > 0 } operand ? operand.Value : "x";

    /// <summary>A `grep` in the form of a shell, or of another language's call.</summary>
    private static Diagnostic? OfGrep(FailurePlace place)
    {
        if (place.IsAtEnd)
            return null;

        string stage = place.Head is { } head ? LineFrom(place, head.Span.End).Trim() : "";
        bool isFlag = place.Before is ['-', ..] || place.Word is "-" or "ignorecase" or "ignore_case" or "case" or "i" or "insensitive" or "nocase";
        string patterns = string.Join("|", QuotedList.Matches(stage).Cast<Match>().Select(item => item.Value.Trim('"', '\'')));
        if (place.Word is "or" or "," or "[" or "|" && QuotedList.Matches(stage) is { Count: > 1 })
            return At(place, "`grep` takes one pattern", $"write `grep /{patterns.Replace("/", "\\/")}/`");
        if (place.Word is "with" or "+" or "lines" or "context" && Regex.Match(LineFrom(place, place.Position - place.Before.Length), @"\d+", Plain) is { Success: true } around)
            return At(place, "the lines beside a match come with `before`, `after` or `around`", $"write `grep {(QuotedList.Match(stage) is { Success: true } sought ? sought.Value : place.Before.Split(' ')[0])} around {around.Value}`");
        if (!isFlag && place.Word is "\"" or "/" && Lexemes.Word(place.Before, 0) == place.Before.TrimEnd().Length && place.Before.Length > 0)
        {
            string sought = place.Rest.Split('|')[0].Trim();
            return At(place, "rows are filtered with `where`", $"write `| where {place.Before.TrimEnd()} {(place.Word == "/" ? "matches" : "contains")} {sought}`");
        }

        if (!isFlag && place.Before.Length > 0)
        {
            return place.Word == "/" && place.Before is ['/', ..]
                ? At(place, "a slash in a regex is written `\\/`", $"write `grep /{stage.Split('|')[0].Trim().Trim('/').Replace("\\/", "/").Replace("/", "\\/")}/`")
                : null;
        }

        string bare = new([.. stage.Split('|')[0].Where(c => c is not ('"' or '\'')).SkipWhile(c => c == ' ')]);
        string[] words = bare.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        string? pattern = QuotedList.Match(stage) is { Success: true } quoted ? $"\"{quoted.Value.Trim('"', '\'')}\""
            : Regex.Match(stage, @"/[^/\n]+/\w*", Plain) is { Success: true } regex ? regex.Value
            : words.FirstOrDefault(word => Lexemes.IsWordStart(word[0]) && word is not ("not" or "text" or "ignore" or "case")) is { } name ? $"\"{name}\"" : null;
        if (pattern is null)
            return null;

        if (Lexemes.IsWordStart(place.Word[0]) && place.Word is not ("not" or "pattern" or "r" or "m") && !isFlag && words.Length > 1 && words[1][0] != '-' && QuotedList.IsMatch(stage))
            return At(place, "rows are filtered with `where`", $"write `| where {place.Word} contains {pattern}`");

        string flags = string.Concat(words.Where(word => word.Length > 1 && word[0] == '-').Select(word => word.Substring(1)));
        string number = words.FirstOrDefault(word => word.All(char.IsDigit)) ?? "2";
        string options = string.Concat(
            (flags.Contains('i') || (isFlag && place.Word != "-" && place.Before is not ['-', ..]) ? " ignore case" : ""),
            (flags.Contains('v') || place.Word is "not" or "!" ? " not" : ""),
            (flags.Contains('C') ? $" around {number}" : ""), (flags.Contains('B') ? $" before {number}" : ""), (flags.Contains('A') ? $" after {number}" : ""),
            (flags.Contains('c') ? " | count" : ""));
        if (place.Word == "r" || flags.Contains('E') || flags.Contains('P'))
            pattern = $"/{pattern.Trim('"').Replace("/", "\\/")}/";
        return At(place, isFlag || place.Word is "not" or "!" ? "options are words and follow the pattern" : "a pattern is a text in quotes or a /regex/", $"write `grep {pattern}{options}`");
    }

    /// <summary>A `chunk` whose number and unit stand in another order or form.</summary>
    private static Diagnostic? OfChunk(FailurePlace place)
    {
        string stage = place.Head is { } head ? LineFrom(place, head.Span.End).Split('|')[0] : "";
        string[] words = [.. stage.Split([' ', '=', ':', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)];
        string number = words.FirstOrDefault(word => char.IsDigit(word[0])) ?? "50";
        string? unit = words.Select(UnitSynonyms.Canonical).FirstOrDefault(word => word is not null);
        if (words.Contains("into"))
            return place.IsAtEnd || !char.IsDigit(number[0]) ? null : At(place, "`chunk into` takes a number alone", $"write `chunk into {number}`");
        if (words.Contains("by") && !stage.Any(char.IsDigit) && words.Select(word => word.TrimEnd('s') + "s").FirstOrDefault(word => word is "lines" or "paragraphs" or "sentences" or "words") is { } pieces)
            return At(place, $"`{pieces}` is a stage of its own", $"write `{pieces}`");
        if (Regex.Match(stage, @"overlap\s*=?\s*(?<n>\d\w*)", Plain) is { Success: true } overlap)
            return At(place, "an overlap is a number of the same unit", $"write `chunk {number} {unit ?? "lines"} overlap {overlap.Groups["n"].Value}`");
        if (number.EndsWith("b", StringComparison.OrdinalIgnoreCase))
            return At(place, "sizes are counted in `lines`, `chars`, `tokens`, `words` or `items`", $"write `chunk {number.TrimEnd('b', 'B').TrimEnd('m', 'M')} chars`");
        bool isForeign = words.Length > 0 && (words[0] is "size" or "every" or "of" or "each" or "per" or "in" or "by" || (unit is not null && UnitSynonyms.Canonical(words[0]) == unit)) && stage.Any(char.IsDigit);
        return isForeign
            ? At(place, "`chunk` takes its number, then its unit", $"write `chunk {number} {unit ?? "lines"}`")
            : place.Before.Length > 0 && char.IsDigit(place.Before.TrimStart('(')[0]) && unit is null
                ? At(place, $"`chunk {number}` needs a unit", $"write `chunk {number} {(number is [.., 'k' or 'K'] ? "tokens" : "lines")}`, or `chars`, `tokens`, `words`, `items`")
                : null;
    }
}
