using System.Globalization;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>An amount that is not a whole number, or outside the range of its slot.</summary>
internal static class Amounts
{
    public static void Check(StageSyntax stage, Slot slot, ExpressionSyntax expression, BoundExpression amount, DiagnosticSink sink)
    {
        if (amount.Type.ItemType is not null || amount.Type.Required is RecordType { TextField: null }
            || amount.Type.Required == RlmType.Bool)
        {
            sink.Report(DslDiagnostics.WrongOperand, expression.Span,
                $"`{stage.Head.Name}` takes a number here, and this is {amount.Type.WithArticle}",
                amount.Type.ItemType is not null ? "add `| count` or `| first` in parentheses" : null);
        }

        if (BoundTree.Resolve(amount) is not BoundLiteral { Value: decimal number })
            return;

        bool isWhole = slot.Kind != SlotKind.Number;
        if (slot.HasInRange(number) && (!isWhole || number == decimal.Truncate(number)))
            return;

        bool isOver = number > slot.Most;
        sink.Report(DslDiagnostics.OutOfRange, expression.Span,
            $"`{stage.Head.Name}` takes a {(isWhole ? "whole " : "")}number {slot.DescribeRange(number)} here, not {(expression is NameSyntax ? number.ToString(CultureInfo.InvariantCulture) : sink.TextAt(expression.Span))}",
            Invariant(
                $"give a {(slot.Kind == SlotKind.Place ? "whole number" : isOver ? $"number up to {slot.Most}" : $"number from {slot.Least}")}; the form is `{UsageLine.ShortOf(stage.Operator!)}`"));
    }
}
