using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>Makes one diagnostic of a failed parse: what stands at the furthest place, what was wanted there, and what to write.</summary>
internal static class SpracheFailure
{
    // What other languages put between the two arguments of `replace`.
    private static readonly Regex Arrow = new("(?<=[\"'/])\\s*(?:\\bwith\\b|\\bby\\b|->|=>|,)?\\s*(?=[\"'])(?<=[\"'/]\\s+\\S*\\s*)", RegexOptions.CultureInvariant);
    private static readonly Regex BareWords = new("^(\\w+)(?:, | with | by | to |\\s*->\\s*| )(\\w+)$", RegexOptions.CultureInvariant);
    private static readonly Regex NextStage = new("(?<=\\S) (?=(?:(?:limit|first|take|head|top|skip|offset) \\d|(?:order|sort|group) by ))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <param name="source">The program.</param>
    /// <param name="state">What the parse remembers.</param>
    /// <param name="statementStart">Where the statement begins.</param>
    /// <param name="leftOver">Where a statement ended though the line goes on; 0 where it failed inside.</param>
    public static Diagnostic Describe(SourceText source, ParseState state, int statementStart, int leftOver)
    {
        if (state.Fatal is not null)
            return state.Fatal;

        var place = new FailurePlace(source, statementStart, Math.Max(state.FurthestPosition, leftOver));
        IReadOnlyList<string> expected = place.Position == state.FurthestPosition ? state.Expected : ["`|`"];

        return ReservedName.Of(place)
            ?? MisreadForm.OfStatement(place)
            ?? OfHead(place, expected)
            ?? Unclosed(place, expected)
            ?? MisreadForm.OfLine(place, expected.Contains("`|`"))
            ?? MisreadForm.OfToken(place)
            ?? MissingPipe(place, expected)
            ?? (expected.Contains("`|`") ? MisreadForm.OfPipelineOperand(place) : null)
            ?? Unexpected(place, expected);
    }

    /// <summary>A stage whose head word is no operator says so before anything else.</summary>
    private static Diagnostic? OfHead(FailurePlace place, IReadOnlyList<string> expected)
    {
        if (place.Head is not var (word, span) || OperatorForms.Of(word).Count > 0 || place.Word == ")")
            return null;

        if (MisreadForm.OfStage(word) is { } misread && (place.Scan.FollowsPipe || (expected.Contains("`|`") && !Lexemes.Reserved.Contains(word))))
            return new Diagnostic(DslDiagnostics.UnknownOperator, span, $"`{word}` is not an operator", misread);

        if (place.Scan.FollowsPipe && FunctionCatalog.Find(word) is not null)
        {
            if (word is "percent" or "format" && Lexemes.IsWordStart(place.Rest.FirstOrDefault()))
                return null;

            return new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"the function `{word}` takes its arguments in parentheses",
                $"write `| {word}({ArgumentsOf(place)})`");
        }

        string? near = NameSuggestion.For(word, OperatorCatalog.All.Select(signature => signature.Head).Distinct());
        if (!expected.Contains("`|`") || place.Before.Length > 0 || (near is null && !place.Scan.FollowsPipe))
            return null;

        return new Diagnostic(DslDiagnostics.UnknownOperator, span,
            near is null ? $"`{word}` is not an operator" : $"`{word}` is not an operator; did you mean `{near}`?",
            near is null ? $"a function or tool takes its arguments in parentheses: `| {word}(…)`; the operators are listed by `rlm help`" : $"write `| {near} {place.Rest}`");
    }

    private static string ArgumentsOf(FailurePlace place)
    {
        string rest = Arrow.Replace($"{place.Before} {place.Rest}".Split('|')[0].Trim(), ", ");
        if (BareWords.Match(rest) is { Success: true } words)
            rest = $"\"{words.Groups[1].Value}\", \"{words.Groups[2].Value}\"";
        return rest.Length is > 0 and < 60 ? rest : "…";
    }

    /// <summary>A bracket that is still open where the statement ends, or where the wrong one closes.</summary>
    private static Diagnostic? Unclosed(FailurePlace place, IReadOnlyList<string> expected)
    {
        char closing = place.Scan.Open switch { '(' => ')', '[' => ']', '{' => '}', _ => '\0' };
        if (closing == '\0' || !expected.Contains($"`{closing}`") || (!place.IsAtEnd && place.Word is not (")" or "]" or "}" or "\"" or "let" or "answer" or "assert")))
            return null;

        string open = place.Scan.Open.ToString();
        string where = place.IsAtEnd ? "the end" : $"`{place.Word}`";
        return new Diagnostic(DslDiagnostics.Unexpected, new SourceSpan(place.Scan.OpenAt, 1), $"this `{open}` is not closed before {where}", $"close it with `{closing}`");
    }

    private static Diagnostic? MissingPipe(FailurePlace place, IReadOnlyList<string> expected)
    {
        string word = place.Word;
        if (!expected.Contains("`|`") || word.Length == 0 || !Lexemes.IsWordStart(word[0]))
            return null;

        if (expected.Contains("`by`") && place.Head is var (head, _) && head != "count" && place.Before.Length == 0)
            return new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"`{head}` takes its key behind `by`", $"write `{head} by {place.Rest}`");

        if (OperatorForms.Of(word).Count > 0)
            return new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"unexpected `{word}`; a stage follows `|`", $"write `| {NextStage.Replace(place.Rest, " | ")}`");

        string? near = NameSuggestion.For(word, OperatorCatalog.All.Select(signature => signature.Head).Distinct());
        return near is not null && word.Length > 3
            ? new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"unexpected `{word}`; a stage follows `|`, and `{near}` is one", $"write `| {near}`")
            : null;
    }

    private static Diagnostic Unexpected(FailurePlace place, IReadOnlyList<string> expected)
    {
        string found = place.Word.Length == 0 ? "the program ends here" : place.IsAtEnd ? "the line ends here" : $"unexpected `{place.Word}`";
        return new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"{found}; expected {ExpectedForms.Describe(expected, place.Scan.Open == '\0')}", UsageHelp(place));
    }

    /// <summary>The usage of the stage that the failure is in: the paid form where a call is written, else the free one.</summary>
    private static string UsageHelp(FailurePlace place)
    {
        if (place.Head is not var (word, _) || OperatorForms.Of(word) is not { Count: > 0 } forms)
            return "a statement is a pipeline such as `context | lines | count`, or `let NAME = …`, `answer …` or `assert …`";

        bool isPaid = place.Before.Contains("llm");
        var operators = forms.Select(form => form.Operator).Distinct().ToList();
        if (operators.Any(signature => signature.IsPaid == isPaid))
            operators.RemoveAll(signature => signature.IsPaid != isPaid);
        operators.RemoveAll(signature => !signature.IsEvaluated && operators.Count > 1);
        return $"the form is {string.Join(" or ", operators.Select(signature => $"`{UsageLine.ShortOf(signature)}`").Distinct())}";
    }
}
