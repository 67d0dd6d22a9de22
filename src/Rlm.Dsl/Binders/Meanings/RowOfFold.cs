using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// <c>(rows | max n).name</c>: what <c>max</c> gives is a value, whose <c>name</c> would be that of the file it stands in. A field that the rows have is meant of
/// the row with the greatest <c>n</c>.
/// </summary>
internal static class RowOfFold
{
    /// <summary>Tells of a field of the rows that is asked of their greatest or least value; false where it is none.</summary>
    public static bool Report(BoundExpression target, string name, SourceSpan nameSpan, BindingContext context)
    {
        var symbol = (target as BoundVariable)?.Symbol;
        if (symbol is not null && !context.Statements.OfType<BoundLet>().Any(let => let.Symbol == symbol))
            return false;

        var pipeline = (target as BoundNested)?.Pipeline ?? symbol?.Definition;
        if (pipeline is not { Stages: [.., var fold] } || Write(fold, context) is not { } meant
            || fold.Input.ItemType?.Required is not RecordType row || row.Find(TypeRules.MemberNameOf(row, name)) is null)
            return false;

        bool isRow = symbol is null || IsOnlyAsked(symbol.Name, fold.Span.End, context);
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongOperand, nameSpan, $"`{context.TextAt(fold.Span)}` is a value, and `{name}` is a field of its row",
            isRow ? $"write `{meant}`" : $"for the row write `let best = … | {meant}`")
        {
            Fix = isRow ? new DiagnosticFix(fold.Span, meant) : null,
        });
        return true;
    }

    /// <summary>The stages that give the row of a greatest or least value; null for any other stage.</summary>
    private static string? Write(BoundStage fold, BindingContext context) =>
        fold is { Operator.RowOf: { } rowOf } && fold.FindArgument(Slots.By) is null && fold.FindArgument(Slots.Value) is { } key
            ? rowOf(context.TextAt(key.Span)) : null;

    /// <summary>Whether a variable stands nowhere but before a field's name.</summary>
    private static bool IsOnlyAsked(string variable, int start, BindingContext context) =>
        Regex.Matches(context.Sink.TextFrom(start), $@"\b{variable}\b(?<asked>[.\[])?", RegexOptions.CultureInvariant).Cast<Match>().All(use => use.Groups["asked"].Success);
}
