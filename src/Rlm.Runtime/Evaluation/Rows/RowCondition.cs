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

    /// <summary>Whether a note looks at what its comparisons find.</summary>
    protected virtual bool IsWatched => false;

    /// <param name="condition">The condition.</param>
    /// <param name="source">The items.</param>
    /// <param name="note">Where comparisons are told that find nothing for case alone.</param>
    /// <param name="evaluation">What it is evaluated in.</param>
    public static RowCondition Of(BoundExpression condition, RowSource source, CaseNote note, EvaluationContext evaluation) =>
        Make(condition, source, note, evaluation) is var made && made.IsWatched ? new Watched(made, note) : made;

    private static RowCondition Make(BoundExpression condition, RowSource source, CaseNote note, EvaluationContext evaluation)
    {
        switch (condition)
        {
            case BoundUnary { Operator: UnaryOperator.Not } not:
                return new Negated(Make(not.Operand, source, note, evaluation));
            case BoundBinary { Operator: BinaryOperator.And or BinaryOperator.Or } both:
                return new Joined(
                    both.Operator == BinaryOperator.And,
                    Make(both.Left, source, note, evaluation),
                    Make(both.Right, source, note, evaluation));
            case BoundBinary { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } comparison
                when !ExpressionEvaluator.AsksForNone(comparison):
                return new Compared(
                    comparison,
                    RowExpression.Of(comparison.Left, source, evaluation),
                    RowExpression.Of(comparison.Right, source, evaluation),
                    note.MissOf(comparison));
            case BoundBinary test when TestOf(test, evaluation) is var holds && note.MissOf(test) is var miss
                && (holds is not null || miss is { IsMirrored: false }):
                return new Tested(
                    holds,
                    test,
                    RowExpression.Of(test.Left, source, evaluation),
                    ExpressionEvaluator.Evaluate(test.Right, null, evaluation),
                    miss);
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

    /// <summary>A condition of which a note learns whether it tells items apart.</summary>
    private sealed class Watched(RowCondition condition, CaseNote note) : RowCondition
    {
        public override bool? Holds(StageRows rows)
        {
            bool? holds = condition.Holds(rows);
            note.Add(holds == true);
            return holds;
        }
    }

    private sealed class Negated(RowCondition condition) : RowCondition
    {
        protected override bool IsWatched => condition.IsWatched;

        public override bool? Holds(StageRows rows) => !condition.Holds(rows);
    }

    private sealed class Joined(bool isAnd, RowCondition left, RowCondition right) : RowCondition
    {
        protected override bool IsWatched => left.IsWatched || right.IsWatched;

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

    private sealed class Compared(BoundBinary named, RowExpression left, RowExpression right, CaseMiss? miss) : RowCondition
    {
        private readonly BinaryOperator _comparison = named.Operator;

        protected override bool IsWatched => miss is not null;

        public override bool? Holds(StageRows rows)
        {
            var first = left.Read(rows);
            var second = right.Read(rows);
            if (first.Kind == CellKind.Text && second.Kind == CellKind.Text
                && _comparison is BinaryOperator.Equal or BinaryOperator.NotEqual)
            {
                bool isSame = first.Text.SequenceEqual(second.Text) || Comparison.AreSameAmounts(first, second);
                if (miss is { IsOpen: true })
                    miss.Add(miss.IsMirrored ? second.Text : first.Text, isSame);
                return Is(isSame ? 0 : 1);
            }

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

            var (value, compared) = (left.Evaluate(rows), right.Evaluate(rows));
            bool? holds = Comparison.Holds(named, value, compared, rows.Evaluation);
            if (miss is { IsOpen: true } && holds is { } known)
                miss.Add(miss.IsMirrored ? compared : value, known == miss.IsPositive);
            return holds;
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

    private sealed class Tested(Test? test, BoundBinary named, RowExpression left, Value right, CaseMiss? miss) : RowCondition
    {
        protected override bool IsWatched => miss is not null;

        public override bool? Holds(StageRows rows)
        {
            var cell = left.Read(rows);
            if (test is not null && cell.Kind == CellKind.Text)
            {
                bool isHeld = test(cell.Text);
                if (miss is { IsOpen: true })
                    miss.Add(cell.Text, isHeld == miss.IsPositive);
                return isHeld;
            }

            var value = left.Evaluate(rows);
            bool? holds = Comparison.Holds(named, value, right, rows.Evaluation);
            if (miss is { IsOpen: true } && holds is { } known)
                miss.Add(value, known == miss.IsPositive);
            return holds;
        }
    }

    private sealed class Truth(RowExpression expression) : RowCondition
    {
        public override bool? Holds(StageRows rows) => ExpressionEvaluator.Truth(expression.Evaluate(rows));
    }
}
