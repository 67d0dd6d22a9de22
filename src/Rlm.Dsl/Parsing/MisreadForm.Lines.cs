using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Parsing;

/// <summary>Whole lines in the order of another language, written again in ours.</summary>
internal static partial class MisreadForm
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant;

    private static readonly Regex ValueBehind = new(@"^(?<leader>let\s+\$?\w+\s*=\s*|answer\s+)?(?<stage>(?<head>\w+)(?:\s.*?)??)\s+(?:(?:on|of|in|from|for|over)\s+)?(?<value>[A-Za-z_]\w*)(?<rest>\s*\|.*)?$", Plain);
    private static readonly Regex NameBehind = new(@"^(?:->|as|into)\s*\$?(?<name>[A-Za-z_]\w*)$", Plain);
    private static readonly Regex NameBefore = new(@"^(?:let\s+)?\$?(?<name>\w+)\s*(?::\s*\w+\s*=|:=|<-|=|\bbe\b|\bto\b)\s*(?<value>\S.*)$", Plain);
    private static readonly Regex Leader = new(@"^(?:let\s+\$?\w+\s*=\s*|answer\s+|assert\s+)?(?:if\s+)?", Plain);
    private static readonly Regex Comparison = new(@"^(?<left>.+?)\s*(?<right>(?:==|!=|<=|>=|<|>)\s*.+)$", Plain);
    private static readonly Regex PythonIf = new(@"^if\s+(?<condition>.+?)\s+else\s+(?<otherwise>[^|]+)", Plain);
    private static readonly Regex BracedIf = new(@"^[:{]\s*(?<then>[^:{}]+?)\s*}?\s*else\s*[:{]?\s*(?<otherwise>[^:{}]+?)\s*}?$", Plain);

    /// <summary>A statement that says the right thing in another order.</summary>
    public static Diagnostic? OfLine(FailurePlace place, bool isComplete)
    {
        string line = LineFrom(place, place.StatementStart).TrimEnd(';', ' ');
        string before = place.Text.Substring(place.StatementStart, Math.Min(place.Position, place.Text.Length) - place.StatementStart).Trim();
        string leader = Leader.Match(before).Value;
        if (place.Word == "|" && place.FirstWord == "answer" && place.Scan.Open == '{' && before.IndexOf('{') == before.IndexOf(' ') + 1)
            return At(place, "a value stands without braces", $"write `answer {LineFrom(place, place.Scan.OpenAt + 1).TrimEnd('}', ' ', ';').Trim()}`");
        if (line.Length > 200 || place.Scan.Open != '\0' || before.Contains('\n'))
            return null;

        if (place.FirstWord is var first && OfOpening(place, first, line) is { } opening)
            return opening;
        if (place.Word is ":" or "<" or "be" or "to" && !before.Contains('|') && NameBefore.Match(line) is { Success: true } named)
            return At(place, "a value is named with `let`", $"write `let {named.Groups["name"].Value} = {named.Groups["value"].Value}`");
        if (isComplete && before.Contains('|') && place.FirstWord is not ("let" or "answer" or "assert") && NameBehind.Match(place.Rest.TrimEnd(';')) is { Success: true } behind
            && !place.Before.Contains("llm") && !(place.Word == "as" && place.Before.Length > 0))
            return At(place, "a value is named with `let`, before it", $"write `let {behind.Groups["name"].Value} = {before}`");
        if (ValueBehind.Match(line) is { Success: true } call && call.Groups["value"].Index + place.StatementStart is var at && at >= place.Position && at <= place.Position + 5
            && OperatorForms.Of(call.Groups["head"].Value).Count > 0 && OperatorForms.Of(call.Groups["value"].Value).Count == 0 && !Lexemes.Reserved.Contains(call.Groups["value"].Value))
        {
            return At(place, "the value stands first, and stages follow it", $"write `{call.Groups["leader"].Value}{call.Groups["value"].Value} | {call.Groups["stage"].Value}{call.Groups["rest"].Value}`");
        }

        if (place.Word == "if" && PythonIf.Match(place.Rest) is { Success: true } python && before.Length > leader.Length)
        {
            string value = before.Substring(Math.Max(leader.Length, before.LastIndexOf('|') + 1)).Trim();
            string stage = before.Contains('|') && place.Head is var (head, _) ? head + " " : leader;
            return At(place, "a condition stands before its values", $"write `{stage}if {python.Groups["condition"].Value} then {value.Substring(before.Contains('|') ? Math.Min(value.Length, stage.Length) : 0)} else {python.Groups["otherwise"].Value.Trim()}`");
        }

        if (place.Word is ":" or "{" && leader.EndsWith("if ", StringComparison.Ordinal) && BracedIf.Match(place.Rest) is { Success: true } braced)
            return At(place, "the values of `if` follow `then` and `else`", $"write `{before} then {braced.Groups["then"].Value} else {braced.Groups["otherwise"].Value}`");
        if (place.Word is ":" or "else" && place.FirstWord == "assert")
            return At(place, "the message follows the condition", $"write `{before} {place.Rest.Substring(place.Word.Length).Trim()}`");
        if (place.Word == "|" && leader.Length > 0 && !leader.Contains('=') && !leader.StartsWith("answer ", StringComparison.Ordinal) | leader.EndsWith("if ", StringComparison.Ordinal)
            && Comparison.Match(line.Substring(leader.Length)) is { Success: true } piped)
        {
            return At(place, "a pipeline in an expression stands in parentheses", $"write `{leader}({piped.Groups["left"].Value}) {piped.Groups["right"].Value}`");
        }

        if (place.Word is "/" or "-" && place.Rest is ['/', '/', ..] or ['-', '-', ' ', ..])
            return At(place, "a comment starts with `#`", $"write `# {place.Rest.Substring(2).Trim()}`");
        if (place.Word == ">" && Regex.IsMatch(place.Rest, @"^>+\s*\S+\.\w+$", Plain))
            return At(place, "a program writes no files; its answer goes to the output", $"write `answer {before.Substring(leader.Length)}`");
        return null;
    }

    /// <summary>A pipeline as the operand of a sign behind it.</summary>
    public static Diagnostic? OfPipelineOperand(FailurePlace place)
    {
        string before = place.Text.Substring(place.StatementStart, Math.Min(place.Position, place.Text.Length) - place.StatementStart).Trim();
        bool isSign = place.Word is "+" or "-" or "*" or "/" or "%" or ">" or "<" or "=" or "!" or "and" or "or" && place.Rest.Length > 2;
        if (!isSign || !place.Scan.FollowsPipe || place.Scan.Open != '\0' || place.Before.Contains("llm") || before.Contains('\n'))
            return null;

        string leader = Leader.Match(before).Value;
        return At(place, "a pipeline in an expression stands in parentheses", $"write `{leader}({before.Substring(leader.Length)}) {place.Rest}`");
    }

    /// <summary>A first word that is none of ours: an answer under another name, or prose.</summary>
    private static Diagnostic? OfOpening(FailurePlace place, string first, string line)
    {
        string rest = first.Length < line.Length ? line.Substring(first.Length).TrimStart(' ', ':', '=') : "";
        bool isSecond = place.Position <= place.StatementStart + first.Length + 1 || place.Preceding == first;
        if (!(isSecond || first == "answer") || first.Length == 0 || rest.Length == 0 || OperatorForms.Of(first).Count > 0 || place.Word == "|")
            return null;

        switch (first.ToLowerInvariant())
        {
            case "answer" when Regex.IsMatch(rest, @"^[A-Z]\w* [^|""]*$", Plain) || (rest.Contains('{') && Lexemes.IsWordStart(rest[0]) && !rest.Contains('"')):
                return At(place, "a text stands in quotes", $"write `answer \"{rest.Trim('"')}\"`");
            case "answer" when first != "answer":
            case "return" or "output" or "final" or "result" or "emit" or "yield" or "finally":
                return Whole(place, first.Length, $"there is no `{first}`; `answer` ends the work", $"write `answer {rest}`");
            case "show" or "display" or "print" or "echo" or "run" or "execute":
                return Whole(place, first.Length, $"there is no `{first}`; a pipeline's value is shown", $"write `{rest.Trim('(', ')')}`");
            default:
                return first != "answer" && !line.Contains('|') && place.Word.Length > 0 && Lexemes.IsWordStart(place.Word[0]) && line.Split(' ').Length > 2 && line.IndexOfAny(['"', '=']) < 0
                    ? Whole(place, line.Length, "this is not a statement", $"leave it out, or make it a comment: `# {line}`")
                    : null;
        }
    }
}
