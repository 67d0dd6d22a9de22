using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>Makes one diagnostic of a failed parse: what stands at the furthest place, what was wanted there, and what to write.</summary>
internal static class SpracheFailure
{
    /// <param name="source">The program.</param>
    /// <param name="state">What the parse remembers.</param>
    /// <param name="leftOver">Where a statement ended though the line goes on; 0 where it failed inside.</param>
    public static Diagnostic Describe(SourceText source, ParseState state, int leftOver)
    {
        if (state.Fatal is not null)
            return state.Fatal;

        int position = Math.Max(state.FurthestPosition, leftOver);
        var span = TokenAt(source.Content, position);
        string found = span.Length == 0 ? "the end of the program" : source.Content[position] is '\n' or '\r' ? "the end of the line" : $"`{source.TextAt(span)}`";
        string word = source.TextAt(span);
        IReadOnlyList<string> expected = position == state.FurthestPosition ? state.Expected : ["`|`", "an operator"];

        if (MisreadForm.Of(source.Content, position, word) is var (message, help) && message is not null)
            return new Diagnostic(DslDiagnostics.Unexpected, span, message, help);

        if (expected.Contains("`|`") && Lexemes.IsWordStart(FirstOf(word)) && OperatorForms.Of(word).Count > 0)
            return new Diagnostic(DslDiagnostics.Unexpected, span, $"unexpected {found}; a stage follows `|`", $"write `| {word}`");

        if (expected.Contains("`|`") && LastStageWord(source.Content, position) is { } head && OperatorForms.Of(head.Word).Count == 0
            && FindOperator(head.Word) is { } suggestion)
            return new Diagnostic(DslDiagnostics.UnknownOperator, head.Span, $"`{head.Word}` is no operator; did you mean `{suggestion}`?", $"write `| {suggestion}`");

        return new Diagnostic(DslDiagnostics.Unexpected, span, $"unexpected {found}; expected {List(expected)}", UsageHelp(source.Content, position));
    }

    private static string? FindOperator(string word) => NameSuggestion.For(word, OperatorCatalog.All.Select(signature => signature.Head).Distinct());

    private static char FirstOf(string word) => word.Length == 0 ? '\0' : word[0];

    /// <summary>The usage of the stage that the failure is in.</summary>
    private static string? UsageHelp(string text, int position) =>
        LastStageWord(text, position) is { } head && OperatorForms.Of(head.Word) is { Count: > 0 } forms
            ? $"the form is {string.Join(" or ", forms.Select(form => $"`{UsageLine.Of(form.Operator)}`").Distinct())}"
            : null;

    /// <summary>The head word of the stage that a place belongs to: the word after the last pipe before it, or the statement's first.</summary>
    private static (string Word, SourceSpan Span)? LastStageWord(string text, int position)
    {
        int start = Math.Min(position, text.Length);
        while (start > 0 && text[start - 1] is not ('|' or '\n' or ';'))
            start--;
        while (start < text.Length && text[start] is ' ' or '\t' or '>')
            start++;

        int end = Lexemes.Word(text, start);
        return end < 0 || start >= position ? null : (text.Substring(start, end - start), SourceSpan.Between(start, end));
    }

    private static SourceSpan TokenAt(string text, int position)
    {
        if (position >= text.Length)
            return new SourceSpan(text.Length, 0);

        int end = Lexemes.Word(text, position);
        return end < 0 ? new SourceSpan(position, 1) : SourceSpan.Between(position, end);
    }

    private static string List(IReadOnlyList<string> expected)
    {
        var worth = expected.Take(8).ToList();
        return worth.Count switch
        {
            0 => "something else",
            1 => worth[0],
            _ => $"{string.Join(", ", worth.Take(worth.Count - 1))} or {worth[worth.Count - 1]}",
        };
    }
}
