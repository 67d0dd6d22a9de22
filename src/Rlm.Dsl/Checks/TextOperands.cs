using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>Operands of the tests that look into a text or a list.</summary>
internal static class TextOperands
{
    public static void Check(BinaryOperator operation, BoundExpression left, BoundExpression right, DiagnosticSink sink)
    {
        if (operation is BinaryOperator.In or BinaryOperator.NotIn)
        {
            if (right.Type.ItemType is null && !right.Type.IsTextual && right.Type.Required != RlmType.Unknown)
                sink.Report(DslDiagnostics.WrongOperand, right.Span,
                    $"`in` looks into a list or a text, and this is {right.Type.WithArticle}", "write a list: `x in [1, 2]`");
            if (left.Type.ItemType is not null)
                sink.Report(DslDiagnostics.ListComparison, left.Span,
                    "`in` looks for one value, and this is a list", "look for one: `any it in …`, or add `| first`");
            LiteralOperands.Check(left, right, sink);
        }
        else if (operation is BinaryOperator.Contains or BinaryOperator.NotContains)
        {
            if (left.Type.ItemType is null)
                Require(left, "`contains`", sink);
            if (left.Type.ItemType is null && right.Type.ItemType is not null)
            {
                string[] texts = right is BoundList { Items: var items }
                    ? [.. items.OfType<BoundLiteral>().Select(item => item.Value).OfType<string>()]
                    : [];
                sink.Report(DslDiagnostics.ListComparison, right.Span, "`contains` looks for one text, and this is a list",
                    texts.Length > 0
                        ? $"write `{sink.TextAt(left.Span)} matches /{string.Join("|", texts.Select(text => Regex.Escape(text).Replace("/", "\\/")))}/`"
                        : "look for each: `any it in …`");
            }
        }
        else
        {
            string test = operation is BinaryOperator.StartsWith or BinaryOperator.NotStartsWith ? "`starts with`" : "`ends with`";
            Require(left, test, sink);
            if (left.Type.ItemType is null && right.Type.ItemType is not null)
                sink.Report(DslDiagnostics.ListComparison, right.Span, $"{test} looks for one text, and this is a list",
                    "join two tests with `or`, or write a regex: `x matches /^(a|b)/`");
        }
    }

    /// <summary>Whether it is the number of a line or byte, which is reported: its text is meant.</summary>
    public static bool RefusesPlace(BoundExpression operand, DiagnosticSink sink)
    {
        if (operand is not BoundProvenance { Kind: ProvenanceKind.Line or ProvenanceKind.At, Target: var target })
            return false;

        if (target.Type.Required is RecordType { TextField: null } row)
        {
            sink.Report(DslDiagnostics.WrongOperand, operand.Span, $"`{sink.TextAt(operand.Span)}` is the number of a line or byte, not its text",
                row.Fields.Count > 0 ? $"name a field: `{row.Fields[0].Name}`" : null);
            return true;
        }

        string text = sink.TextAt(target.Span) is var written && written != sink.TextAt(operand.Span) ? written : "it";
        sink.Report(new Diagnostic(DslDiagnostics.WrongOperand, operand.Span,
            $"`{sink.TextAt(operand.Span)}` is the number of a line or byte, not its text", $"write `{text}`")
        { Fix = new DiagnosticFix(operand.Span, text) });
        return true;
    }

    /// <summary>Reports an operand that is not one text.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="what">The test, as messages name it.</param>
    /// <param name="sink">Takes what is found.</param>
    public static void Require(BoundExpression operand, string what, DiagnosticSink sink)
    {
        var type = operand.Type.Required;
        if (RefusesPlace(operand, sink))
            return;
        if (type.ItemType is not null)
            sink.Report(DslDiagnostics.ListComparison, operand.Span,
                $"{what} looks into one text, and this is {type.WithArticle}", $"look into each: `{sink.TextAt(operand.Span)} | any it …`");
        else if (type is RecordType { TextField: null } row)
            sink.Report(DslDiagnostics.WrongOperand, operand.Span,
                $"{what} looks into a text, and this is a record", row.Fields.Count > 0 ? $"name a field: `{row.Fields[0].Name}`" : null);
    }
}
