using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>Operands that are never equal, or that have no order.</summary>
internal static class Comparisons
{
    public static void Check(BinarySyntax binary, string sign, BoundExpression left, BoundExpression right, DiagnosticSink sink)
    {
        RlmType leftType = left.Type.Required, rightType = right.Type.Required;
        bool isEquality = binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;
        bool hasList = leftType.ItemType is not null || rightType.ItemType is not null;
        bool bothLists = leftType.ItemType is not null && rightType.ItemType is not null;
        bool hasNone = leftType == RlmType.None || rightType == RlmType.None;
        if (left.FieldName is { } field && field == right.FieldName)
        {
            sink.Report(DslDiagnostics.WrongOperand, binary.Span, $"`{sink.TextAt(binary.Span)}` compares `{field}` with itself",
                "`it` is the item of the innermost pipeline: give the value of the outer one a name before, `extend other = " + field + "`");
        }
        else if (bothLists && binary is { Left: MemberSyntax { Target: NameSyntax }, Right: MemberSyntax { Target: NameSyntax } })
        {
            string text = sink.TextAt(binary.Left.Span);
            sink.Report(DslDiagnostics.ListComparison, binary.Span, "both are all values of their columns, and whether the lists are the same is hardly meant",
                $"a field of the item is written by its name alone; that of a row further out gets a name before, `map x => …`; a value of a list is looked for with `in {text}`");
        }
        else if (hasList && !(isEquality && (bothLists || hasNone)) && leftType != RlmType.Unknown && rightType != RlmType.Unknown)
        {
            var list = leftType.ItemType is not null ? left : right;
            string text = sink.TextAt(list.Span);
            sink.Report(DslDiagnostics.ListComparison, binary.Span, "a list is never compared with a value",
                isEquality ? $"add `first`: `({text} | first)`, or write `{text} contains …`" : $"add `first` or `count`: `count({text})`");
        }
        else if (!isEquality && (leftType as LabelType ?? rightType as LabelType) is { } labels && leftType.IsTextual && rightType.IsTextual)
        {
            string text = sink.TextAt(leftType is LabelType ? binary.Left.Span : binary.Right.Span);
            string first = labels.Labels is { Count: > 0 } all ? $"\"{all[0]}\"" : "…";
            sink.Report(DslDiagnostics.TextOrder, binary.Span, $"labels have no order for `{sign}`", $"name the ones that are meant: `{text} in [{first}]`");
        }
        else if (!isEquality && (leftType == RlmType.Bool || rightType == RlmType.Bool || leftType is RecordType { TextField: null }
            || rightType is RecordType { TextField: null }))
        {
            sink.Report(DslDiagnostics.WrongOperand, binary.Span,
                $"`{sign}` compares numbers, dates and durations, not {leftType.WithArticle} with {rightType.WithArticle}");
        }
        else if (!Comparable(leftType, rightType))
        {
            sink.Report(DslDiagnostics.WrongOperand, binary.Span,
                $"{leftType.WithArticle} is never {(isEquality ? "equal to" : "compared with")} {rightType.WithArticle}",
                "compare values of one kind");
        }
        else if (isEquality)
        {
            LiteralOperands.Check(left, right, sink);
            LiteralOperands.Check(right, left, sink);
        }
    }

    /// <summary>Whether two types have values that can be equal; a text may read as a number, date or bool.</summary>
    private static bool Comparable(RlmType left, RlmType right)
    {
        if (left == RlmType.Unknown || right == RlmType.Unknown || left == RlmType.None || right == RlmType.None || left.IsTextual
            || right.IsTextual)
            return true;

        return left is ListType == right is ListType && left is RecordType == right is RecordType
            && (left is not ScalarType || left == right);
    }
}
