using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation;

/// <summary>Computes with numbers, dates and durations.</summary>
internal static class Arithmetic
{
    private const string ZeroRemedy = "leave them out before with `where … != 0`, or say what they are with `coalesce(…, 0)`";

    private static readonly DateValue AnyDate = new(default);

    /// <summary>
    /// Computes with numbers, dates and durations, and on texts that read so; failed with a failed item, none with none, on
    /// overflow, on division by zero.
    /// </summary>
    public static Value Compute(BinaryOperator operation, Value left, Value right, EvaluationContext evaluation)
    {
        left = Operands.Scalar(left);
        right = Operands.Scalar(right);
        if ((Unknown.Of(left) ?? Unknown.Of(right)) is { } failed)
            return failed;
        if (Reading.IsNone(left) || Reading.IsNone(right))
            return NoneValue.Instance;

        (left, right) = (left, right) switch
        {
            (TextValue, TextValue) => Operands.ReadTogether(left, right, evaluation)
                ?? (Operands.ReadNumber(left, evaluation), Operands.ReadNumber(right, evaluation)),
            // A date and a duration add up, a number and a duration multiply.
            (TextValue, DurationValue) or (DurationValue, TextValue) when operation is BinaryOperator.Add or BinaryOperator.Subtract =>
                (Operands.Read(left, AnyDate, evaluation), Operands.Read(right, AnyDate, evaluation)),
            (TextValue, DurationValue) or (DurationValue, TextValue) =>
                (Operands.ReadNumber(left, evaluation), Operands.ReadNumber(right, evaluation)),
            _ => Operands.ReadAlike(left, right, evaluation),
        };
        try
        {
            var result = Compute(operation, left, right);
            if (result is null && operation is BinaryOperator.Divide or BinaryOperator.Remainder && IsZero(right))
                evaluation.Tallies.Lose("value", "{was|were} divided by 0 and counted as none", ZeroRemedy, left);
            if (result is NumberValue { Number.IsExact: false })
                evaluation.Tallies.Count("result", "of arithmetic is beyond 28 digits and was computed in double, to 15 digits");
            return result ?? NoneValue.Instance;
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            evaluation.Tallies.Lose(
                "result", "of arithmetic went out of range and counted as none", "compute with smaller numbers, or leave such rows out before");
            return NoneValue.Instance;
        }
    }

    /// <summary>The number that two are computed to; null where there is something to say of it, or nothing to compute.</summary>
    public static decimal? ComputeExactly(BinaryOperator operation, decimal left, decimal right)
    {
        try
        {
            return Number(operation, left, right) is { IsExact: true, InDecimal: var number } ? number : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static Value? Compute(BinaryOperator operation, Value left, Value right) => (left, right, operation) switch
    {
        (NumberValue l, NumberValue r, _) => Number(operation, l.Number, r.Number) is { } number ? new NumberValue(number) : null,
        (DateValue l, DateValue r, BinaryOperator.Subtract) =>
            PointInTime.Difference(l.Point, r.Point) is { } difference ? new DurationValue(difference) : null,
        (DateValue l, DurationValue r, BinaryOperator.Add) => new DateValue(l.Point.Add(r.Duration)),
        (DateValue l, DurationValue r, BinaryOperator.Subtract) => new DateValue(l.Point.Add(-r.Duration)),
        (DurationValue l, DateValue r, BinaryOperator.Add) => new DateValue(r.Point.Add(l.Duration)),
        (DurationValue l, DurationValue r, BinaryOperator.Divide) =>
            Number(operation, l.Duration.Ticks, r.Duration.Ticks) is { } number ? new NumberValue(number) : null,
        (DurationValue l, DurationValue r, BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder) =>
            DurationOf(Number(operation, l.Duration.Ticks, r.Duration.Ticks)),
        (DurationValue l, NumberValue r, BinaryOperator.Multiply or BinaryOperator.Divide) =>
            DurationOf(Number(operation, l.Duration.Ticks, r.Number)),
        (NumberValue l, DurationValue r, BinaryOperator.Multiply) => DurationOf(Number(operation, l.Number, r.Duration.Ticks)),
        _ => null,
    };

    private static Number? Number(BinaryOperator operation, Number left, Number right)
    {
        var result = operation switch
        {
            BinaryOperator.Add => Values.Number.Add(left, right),
            BinaryOperator.Subtract => Values.Number.Subtract(left, right),
            BinaryOperator.Multiply => Values.Number.Multiply(left, right),
            BinaryOperator.Divide => Values.Number.Divide(left, right),
            _ => Values.Number.Remainder(left, right),
        };
        return result is null && right != 0 ? throw new OverflowException() : result;
    }

    private static bool IsZero(Value value) =>
        value is NumberValue { Number: var number } && number == 0 || value is DurationValue { Duration.Ticks: 0 };

    private static DurationValue? DurationOf(Number? ticks) =>
        ticks is { } number ? new DurationValue(new TimeSpan((long)number.InDecimal)) : null;

    public static Value Negate(Value value, EvaluationContext evaluation) => Operands.Scalar(value) switch
    {
        NumberValue number => new NumberValue(-number.Number),
        DurationValue duration when duration.Duration != TimeSpan.MinValue => new DurationValue(-duration.Duration),
        TextValue text when Operands.ReadNumber(text, evaluation) is NumberValue number => new NumberValue(-number.Number),
        FailedValue failed => failed,
        _ => NoneValue.Instance,
    };
}
