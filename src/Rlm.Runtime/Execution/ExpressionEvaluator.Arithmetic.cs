using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

internal static partial class ExpressionEvaluator
{
    /// <summary>Arithmetic on numbers, dates, durations and, for <c>+</c>, texts; failed with a failed item, none with none, on overflow, on division by zero.</summary>
    private static Value Arithmetic(BinaryOperator operation, Value left, Value right, Evaluation evaluation)
    {
        left = Scalar(left);
        right = Scalar(right);
        if ((Unknown.Of(left) ?? Unknown.Of(right)) is { } failed)
            return failed;
        if (Reading.IsNone(left) || Reading.IsNone(right))
            return NoneValue.Instance;

        if (left is TextValue leftText && right is TextValue rightText)
        {
            return operation == BinaryOperator.Add
                ? Concatenated(leftText, rightText)
                : Arithmetic(operation, ReadNumber(left, evaluation), ReadNumber(right, evaluation), evaluation);
        }

        (left, right) = ReadAlike(left, right, evaluation);
        try
        {
            return Computed(operation, left, right) ?? NoneValue.Instance;
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            evaluation.Tallies.Count("result", "of arithmetic went out of range and counted as none");
            return NoneValue.Instance;
        }
    }

    private static Value? Computed(BinaryOperator operation, Value left, Value right) => (left, right, operation) switch
    {
        (NumberValue l, NumberValue r, _) => Number(operation, l.Number, r.Number) is { } number ? new NumberValue(number) : null,
        (DateValue l, DateValue r, BinaryOperator.Subtract) => new DurationValue(l.Time - r.Time),
        (DateValue l, DurationValue r, BinaryOperator.Add) => new DateValue(l.Time + r.Duration),
        (DateValue l, DurationValue r, BinaryOperator.Subtract) => new DateValue(l.Time - r.Duration),
        (DurationValue l, DateValue r, BinaryOperator.Add) => new DateValue(r.Time + l.Duration),
        (DurationValue l, DurationValue r, BinaryOperator.Divide) =>
            Number(operation, l.Duration.Ticks, r.Duration.Ticks) is { } number ? new NumberValue(number) : null,
        (DurationValue l, DurationValue r, BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder) =>
            DurationOf(Number(operation, l.Duration.Ticks, r.Duration.Ticks)),
        (DurationValue l, NumberValue r, BinaryOperator.Multiply or BinaryOperator.Divide) =>
            DurationOf(Number(operation, l.Duration.Ticks, r.Number)),
        (NumberValue l, DurationValue r, BinaryOperator.Multiply) => DurationOf(Number(operation, l.Number, r.Duration.Ticks)),
        _ => null,
    };

    private static decimal? Number(BinaryOperator operation, decimal left, decimal right) => operation switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        _ when right == 0 => null,
        BinaryOperator.Divide => left / right,
        _ => left % right,
    };

    private static DurationValue? DurationOf(decimal? ticks) => ticks is { } number ? new DurationValue(new TimeSpan((long)number)) : null;

    private static Value Negate(Value value, Evaluation evaluation) => Scalar(value) switch
    {
        NumberValue number => new NumberValue(-number.Number),
        DurationValue duration when duration.Duration != TimeSpan.MinValue => new DurationValue(-duration.Duration),
        TextValue text when ReadNumber(text, evaluation) is NumberValue number => new NumberValue(-number.Number),
        FailedValue failed => failed,
        _ => NoneValue.Instance,
    };

    private static Value ReadNumber(Value text, Evaluation evaluation) => Read(text, new NumberValue(0), evaluation);

    private static TextValue Concatenated(TextValue left, TextValue right)
    {
        var (first, second) = (Provenance.SliceOf(left), Provenance.SliceOf(right));
        return new TextValue(left.ToString() + right.ToString(), first is null ? second : second is null ? first : Provenance.Cover(first, second));
    }
}
