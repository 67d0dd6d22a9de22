using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What is no other language's: a name that is reserved, a head that is not an operator, a bracket or a pipe that is missing, and the rest.</summary>
internal static class BrokenForms
{
    // What other languages put between the two arguments of `replace`.
    private static readonly Regex Arrow = new("(?<=[\"'/])\\s*(?:\\bwith\\b|\\bby\\b|->|=>|,)?\\s*(?=[\"'])(?<=[\"'/]\\s+\\S*\\s*)", RegexOptions.CultureInvariant);
    private static readonly Regex FieldAndValues = new(@"^[A-Za-z_]\w*(?:,? (?:\d[\w.]*|""[^""]*""))*$", RegexOptions.CultureInvariant);
    private static readonly Regex BareWords = new("^(\\w+)(?:, | with | by | to |\\s*->\\s*| )(\\w+)$", RegexOptions.CultureInvariant);

    private static readonly Regex NextStage = new(
        "(?<=\\S) (?=(?:(?:limit|first|take|head|top|skip|offset) \\d|(?:order|sort|group) by ))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("broken: a reserved name", Name, "", "", ReservedName.Of),

        OfHead("broken: a foreign stage", (at, head) =>
            ForeignWords.HelpFor(head.Word) is { } help && (at.Scan.FollowsPipe || (at.Expects("|") && !Names.Reserved.Contains(head.Word) && head.Word != "print"))
                ? new Diagnostic(DslDiagnostics.UnknownOperator, head.Span, $"`{head.Word}` is not an operator", help)
                : null),
        OfHead("broken: a function without parentheses", (at, head) =>
            IsFunction(at, head.Word) && !(head.Word is "percent" or "format" && Names.IsWordStart(at.Rest.FirstOrDefault()))
                ? at.Tell($"the function `{head.Word}` takes its arguments in parentheses", ColumnOf(at, head.Word) ?? $"write `| {head.Word}({ArgumentsOf(at)})`")
                : null),
        OfHead("broken: an unknown operator", (at, head) =>
        {
            string? near = NearOperator(head.Word);
            if (IsFunction(at, head.Word) || !at.Expects("|") || at.Before.Length > 0 || (near is null && !at.Scan.FollowsPipe))
                return null;

            return near is null
                ? new Diagnostic(DslDiagnostics.UnknownOperator, head.Span, $"`{head.Word}` is not an operator",
                    $"a function or tool takes its arguments in parentheses: `| {head.Word}(…)`; {DslDiagnostics.OperatorsPage} lists the operators")
                : new Diagnostic(DslDiagnostics.UnknownOperator, head.Span, $"`{head.Word}` is not an operator; did you mean `{near}`?", $"write `| {near} {at.Rest}`");
        }),

        new("broken: an open bracket", Bracket, "", "", at =>
        {
            char closing = at.Scan.Open switch { '(' => ')', '[' => ']', '{' => '}', _ => '\0' };
            bool isEnd = at.IsAtEnd || at.Word is ")" or "]" or "}" or "\"" or "let" or "answer" or "assert";
            string where = at.IsAtEnd ? "the end" : $"`{at.Word}`";
            return closing != '\0' && at.Expects(closing.ToString()) && isEnd
                ? new Diagnostic(DslDiagnostics.Unexpected, new SourceSpan(at.Scan.OpenAt, 1), $"this `{at.Scan.Open}` is not closed before {where}", $"close it with `{closing}`")
                : null;
        }),

        new("broken: arguments without parentheses", Token, "", "", at =>
            at.IsWord && at.Before.Length > 0 && FunctionCatalog.Find(at.Preceding) is { IsWindow: false } && at.Position > 0 && at.Text[at.Position - 1] == ' ' && FieldAndValues.Match(at.RestOfStage) is { Success: true } written
                ? at.Tell($"the function `{at.Preceding}` takes its arguments in parentheses",
                    $"write `{at.Preceding}({string.Join(", ", written.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))})`")
                : null),
        new("broken: a stage without a pipe", MissingPipe, "", "", at => at.IsWord && OperatorForms.Of(at.Word).Count > 0
            ? at.Tell($"unexpected `{at.Word}`; a stage follows `|`", $"write `| {NextStage.Replace(at.Rest, " | ")}`")
            : null),
        new("broken: nearly a stage without a pipe", MissingPipe, "", "", at =>
            at.IsWord && at.Word.Length > 3 && NearOperator(at.Word) is { } near
                ? at.Tell($"unexpected `{at.Word}`; a stage follows `|`, and `{near}` is one", $"write `| {near}`")
                : null),

        new("broken: a stage with nothing before it", Rest, "", "", at =>
            !at.Scan.FollowsPipe && at.Scan.Open == '\0' && at.Before.Length == 0 && !at.IsAtEnd && at.Expects("|") && OperatorForms.Of(at.HeadWord).Count > 0
                ? at.TellHead($"`{at.HeadWord}` takes what stands before it, and nothing does",
                    $"begin with the value: `lines | {at.HeadWord} {at.RestOfStage}` for the lines of a text, `context | {at.HeadWord} {at.RestOfStage}` for documents and other lists")
                : null),

        new("broken: anything else", Rest, "", "", at =>
        {
            string found = at.Word.Length == 0 ? "the program ends here" : at.IsAtEnd ? "the line ends here" : $"unexpected `{at.Word}`";
            return at.Tell($"{found}; expected {ExpectedForms.Describe(at.Expected, at.Scan.Open == '\0')}", UsageOf(at));
        }),
    ];

    /// <summary>A stage whose head word is not an operator says so before anything else.</summary>
    private static Misreading OfHead(string id, Func<FailurePlace, (string Word, SourceSpan Span), Diagnostic?> tell) =>
        new(id, Head, "", "", at => at.Head is { } head && OperatorForms.Of(head.Word).Count == 0 && at.Word != ")" ? tell(at, head) : null);

    private static bool IsFunction(FailurePlace place, string word) => place.Scan.FollowsPipe && FunctionCatalog.Find(word) is { IsWindow: false };

    /// <summary>The column that a function of a field makes, as in <c>| bin price 10</c>; null for any other function.</summary>
    private static string? ColumnOf(FailurePlace place, string function) =>
        function != "replace" && place.Before.Length == 0 && FieldAndValues.Match(place.RestOfStage) is { Success: true } written
            ? $"write `| extend {function} = {function}({string.Join(", ", written.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))})`" : null;

    private static string? NearOperator(string word) => NameSuggestion.For(word, OperatorCatalog.All.Select(signature => signature.Head).Distinct());

    private static string ArgumentsOf(FailurePlace place)
    {
        string rest = Arrow.Replace($"{place.Before} {place.Rest}".Split('|')[0].Trim(), ", ");
        if (BareWords.Match(rest) is { Success: true } words)
            rest = $"\"{words.Groups[1].Value}\", \"{words.Groups[2].Value}\"";
        return rest.Length is > 0 and < 60 ? rest : "…";
    }

    /// <summary>The usage of the stage that the failure is in: the paid form where a call is written, else the free one.</summary>
    private static string UsageOf(FailurePlace place)
    {
        if (OperatorForms.Of(place.HeadWord) is not { Count: > 0 } forms)
            return "a statement is a pipeline such as `context | lines | count`, or `let NAME = …`, `answer …` or `assert …`";

        bool isPaid = place.Before.Contains("llm");
        var operators = forms.Select(form => form.Operator).Distinct().ToList();
        if (operators.Any(signature => signature.IsPaid == isPaid))
            operators.RemoveAll(signature => signature.IsPaid != isPaid);
        return $"the form is {string.Join(" or ", operators.Select(signature => $"`{UsageLine.ShortOf(signature)}`").Distinct())}";
    }
}
