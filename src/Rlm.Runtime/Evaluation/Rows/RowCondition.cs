using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>A condition over a stage's items, made ready once: it tests cells where it can, and values where not.</summary>
internal abstract class RowCondition
{
    /// <summary>Whether it holds for the current item; none counts as false. Null where that rests on a failed item.</summary>
    public abstract bool? Holds(StageRows rows);

    public static RowCondition Of(BoundExpression condition, RowSource source, EvaluationContext evaluation)
    {
        switch (condition)
        {
            case BoundUnary { Operator: UnaryOperator.Not } not:
                return new Negated(Of(not.Operand, source, evaluation));
            case BoundBinary { Operator: BinaryOperator.And or BinaryOperator.Or } both:
                return new Joined(
                    both.Operator == BinaryOperator.And, Of(both.Left, source, evaluation), Of(both.Right, source, evaluation));
            case BoundBinary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } comparison
                when !ExpressionEvaluator.AsksForNone(comparison):
                return new Compared(
                    comparison,
                    RowExpression.Of(comparison.Left, source, evaluation),
                    RowExpression.Of(comparison.Right, source, evaluation));
            case BoundBinary test when TestOf(test, evaluation) is { } holds:
                return new Tested(
                    holds,
                    test,
                    RowExpression.Of(test.Left, source, evaluation),
                    ExpressionEvaluator.Evaluate(test.Right, null, evaluation));
            default:
                return new Truth(RowExpression.Of(condition, source, evaluation));
        }
    }

    /// <summary>A test of a text's bytes against a literal, a pattern, or a list of literals; null for any other.</summary>
    private static Test? TestOf(BoundBinary test, EvaluationContext evaluation)
    {
        switch (test)
        {
            case { Right: BoundPattern { Regex: not null }, Operator: BinaryOperator.Matches or BinaryOperator.NotMatches }:
                var pattern = (PatternValue)ExpressionEvaluator.Evaluate(test.Right, null, evaluation);
                return test.Operator == BinaryOperator.Matches ? text => pattern.IsMatch(text) : text => !pattern.IsMatch(text);
            case { Right: BoundList list, Operator: BinaryOperator.In or BinaryOperator.NotIn } when list.Items.All(
                item => item is BoundLiteral { Value: string }):
                var members = new HashSet<ValueKey>(
                    list.Items.Select(item => new ValueKey(ExpressionEvaluator.Evaluate(item, null, evaluation))),
                    ValueKeyComparer.Instance)
                    .GetAlternateLookup<Cell>();
                return test.Operator == BinaryOperator.In
                    ? text => members.Contains(Cell.OfText(text))
                    : text => !members.Contains(Cell.OfText(text));
            case { Right: BoundLiteral { Value: string literal } } when !literal.Contains('\n'):
                return TestOf(test.Operator, Encoding.UTF8.GetBytes(literal));
            default:
                return null;
        }
    }

    private static Test? TestOf(BinaryOperator test, byte[] part) => test switch
    {
        BinaryOperator.Contains => text => text.IndexOf(part) >= 0,
        BinaryOperator.NotContains => text => text.IndexOf(part) < 0,
        BinaryOperator.StartsWith => text => text.StartsWith(part),
        BinaryOperator.NotStartsWith => text => !text.StartsWith(part),
        BinaryOperator.EndsWith => text => text.EndsWith(part),
        BinaryOperator.NotEndsWith => text => !text.EndsWith(part),
        _ => null,
    };

    private delegate bool Test(ReadOnlySpan<byte> text);

    private sealed class Negated(RowCondition condition) : RowCondition
    {
        public override bool? Holds(StageRows rows) => !condition.Holds(rows);
    }

    private sealed class Joined(bool isAnd, RowCondition left, RowCondition right) : RowCondition
    {
        public override bool? Holds(StageRows rows)
        {
            // One side may decide whatever the other is; where neither does, what is unknown stays so.
            bool? first = left.Holds(rows);
            if (first == !isAnd)
                return first;
            bool? second = right.Holds(rows);
            return second == !isAnd || first is not null ? second : null;
        }
    }

    private sealed class Compared(BoundBinary named, RowExpression left, RowExpression right) : RowCondition
    {
        private readonly BinaryOperator _comparison = named.Operator;

        public override bool? Holds(StageRows rows)
        {
            var first = left.Read(rows);
            var second = right.Read(rows);
            if (first.Kind == CellKind.Text && second.Kind == CellKind.Text
                && _comparison is BinaryOperator.Equal or BinaryOperator.NotEqual)
                return Is(first.Text.SequenceEqual(second.Text) || Comparison.AreSameAmounts(first, second) ? 0 : 1);
            if (first.Kind == CellKind.Date && second.Kind == CellKind.Date)
                return IsDated(PointInTime.Compare(first.Date, second.Date));
            // A text is read as what it is compared with; where it is none such, the evaluator says what becomes of it.
            if (first.Kind != CellKind.Value && second.Kind != CellKind.Value)
            {
                bool isDate = first.Kind == CellKind.Date || second.Kind == CellKind.Date;
                if (!isDate && first.AsNumber() is { } one && second.AsNumber() is { } other)
                    return Is(one.CompareTo(other));
                if (first.AsDate() is { } time && second.AsDate() is { } otherTime)
                    return IsDated(PointInTime.Compare(time, otherTime));
            }

            return Comparison.Holds(named, left.Evaluate(rows), right.Evaluate(rows), rows.Evaluation);
        }

        /// <summary>A clock time and a day have no order.</summary>
        private bool IsDated(int? order) => order is { } known ? Is(known) : _comparison == BinaryOperator.NotEqual;

        private bool Is(int order) => _comparison switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private sealed class Tested(Test test, BoundBinary named, RowExpression left, Value right) : RowCondition
    {
        public override bool? Holds(StageRows rows)
        {
            var cell = left.Read(rows);
            return cell.Kind == CellKind.Text ? test(cell.Text) : Comparison.Holds(named, left.Evaluate(rows), right, rows.Evaluation);
        }
    }

    private sealed class Truth(RowExpression expression) : RowCondition
    {
        public override bool? Holds(StageRows rows) => ExpressionEvaluator.Truth(expression.Evaluate(rows));
    }
}
