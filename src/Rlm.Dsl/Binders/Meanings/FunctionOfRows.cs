using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// A function of one value behind rows: of <c>extend a = b | round 1</c> it is that of the column's value, of <c>average x by k | round 1</c> that of the only
/// column it can be about.
/// </summary>
internal static class FunctionOfRows
{
    /// <summary>Tells of a function that takes no row; false where it may.</summary>
    public static bool Report(StageSyntax stage, FunctionSignature function, RlmType input, BoundStage? before, BindingContext context)
    {
        var wanted = function.Parameters.Count == 0 ? null : function.Parameters[0].Type.Required;
        if (function.IsTool || input.ItemType?.Required is not RecordType { TextField: null, IsOpen: false } row
            || (wanted != RlmType.Text && wanted != RlmType.Number && wanted != RlmType.Date))
            return false;

        string message = $"`{stage.Head.Name}` takes a {wanted}, and rows come in";
        if (before is { Operator: { IsPaid: false } adder } && adder.Is(OperatorTraits.AddsFields) && before.Arguments is [{ Value: IReadOnlyList<BoundBinding> { Count: > 0 } columns }])
        {
            var span = SourceSpan.Between(columns[columns.Count - 1].Value.Span.Start, stage.Span.End);
            string value = $"({context.TextAt(span)})";
            context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, stage.Span, message, $"a column's value with stages stands in parentheses: `{value}`") { Fix = new DiagnosticFix(span, value) });
            return true;
        }

        FieldType[] fitting = [.. row.Fields.Where(field => field.Type.Hint == wanted)];
        if (fitting.Where(field => field.Fold is not null).ToArray() is { Length: > 0 } folds)
            fitting = folds;
        string name = Names.Write(fitting.Length > 0 ? fitting[0].Name : row.Fields.Count > 0 ? row.Fields[0].Name : "FIELD");
        string meant = $"extend {name} = {function.Name}({string.Join(", ", (stage.Call ?? []).Select(argument => context.TextAt(argument.Span)).Prepend(name))})";
        bool isOnly = fitting.Length == 1 && (stage.Call?.Count ?? 0) < function.Parameters.Count;
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, stage.Span, message, isOnly ? $"write `{meant}`"
            : (stage.Call?.Count ?? 0) < function.Parameters.Count ? $"name the column: `{meant}`"
            : $"write `map {context.TextAt(stage.Span)}` for the values, or `extend {context.TextAt(stage.Call![0].Span)} = {context.TextAt(stage.Span)}` for the column")
        {
            Fix = isOnly ? new DiagnosticFix(stage.Span, meant) : null,
        });
        return true;
    }
}
