using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation;

/// <summary>What operands are read as: a text beside a number or a date is one.</summary>
internal static class Operands
{
    private static readonly NumberValue AnyNumber = new(0m);

    /// <summary>A value where text is wanted: a text, a row's text, or a scalar as it prints; null for none, lists and records.</summary>
    public static TextValue? Textual(Value value) => Reading.AsText(value)
        ?? (value is NumberValue or DateValue or BoolValue or DurationValue
        ? new TextValue(ValueRenderer.InTemplate(value))
        : null);

    /// <summary>
    /// Two texts read as two numbers or else two dates; null where they are neither, and none for one that is not what the other is.
    /// </summary>
    public static (Value Left, Value Right)? ReadTogether(Value left, Value right, EvaluationContext evaluation)
    {
        if (Reading.AsNumber(left) is not null || Reading.AsNumber(right) is not null)
            return ReadAlike(Number(left), Number(right), evaluation);
        if (Reading.AsDate(left, evaluation.Now) is not null || Reading.AsDate(right, evaluation.Now) is not null)
            return ReadAlike(Reading.AsDate(left, evaluation.Now) ?? left, Reading.AsDate(right, evaluation.Now) ?? right, evaluation);
        return null;

        static Value Number(Value text) => Reading.AsNumber(text) is { } number ? new NumberValue(number) : text;
    }

    /// <summary>
    /// Two texts that are to have an order, as <c>sort</c> gives it: as numbers where both are, else as dates where both are, and as they are where
    /// neither is either. One that is not what the other is makes both none, which is lost; a blank text does so without being lost.
    /// </summary>
    /// <param name="left">A text.</param>
    /// <param name="right">The other.</param>
    /// <param name="isBound">Whether the program writes one of them out, so that the order itself matters and not only that it is one.</param>
    /// <param name="evaluation">What they are compared in.</param>
    public static (Value Left, Value Right) ReadInOrder(Value left, Value right, bool isBound, EvaluationContext evaluation)
    {
        if (Reading.IsBlank(left) || Reading.IsBlank(right))
            return (NoneValue.Instance, NoneValue.Instance);

        evaluation.Tallies.AddGuess(((TextValue)left).Column);
        evaluation.Tallies.AddGuess(((TextValue)right).Column);
        var (leftNumber, rightNumber) = (Reading.AsNumber(left), Reading.AsNumber(right));
        if (leftNumber is { } first && rightNumber is { } second)
            return (new NumberValue(first), new NumberValue(second));

        var (leftDate, rightDate) = (Reading.AsDate(left, evaluation.Now), Reading.AsDate(right, evaluation.Now));
        if (leftDate is not null && rightDate is not null)
            return (leftDate, rightDate);

        if (leftNumber is not null || rightNumber is not null || leftDate is not null || rightDate is not null)
        {
            evaluation.Tallies.Lose("comparison", $"of a {(leftNumber is not null || rightNumber is not null ? "number" : "date")} with another text {{counts|count}} as false",
                "compare what reads alike: leave the others out before, `where number(…) is not none`", leftNumber is null && leftDate is null ? left : right);
            return (NoneValue.Instance, NoneValue.Instance);
        }

        int leftShape = Cell.Of(left).FigureShape(), rightShape = Cell.Of(right).FigureShape();
        if (leftShape > 0 && rightShape > 0 && leftShape != rightShape)
        {
            const string What = "of texts that begin with figures {goes|go} by code point, not by the figures";
            if (isBound)
                evaluation.Tallies.Lose("comparison", What, "compare the figures: `number(match(…, /[\\d.]+/)) < 10`", left);
            else
                evaluation.Tallies.Count("comparison", What, left);
        }

        return (left, right);
    }

    /// <summary>A text beside a number or date read as one; none, and counted, where it cannot be read.</summary>
    public static (Value Left, Value Right) ReadAlike(Value left, Value right, EvaluationContext evaluation) =>
        (Read(left, right, evaluation), Read(right, left, evaluation));

    public static Value Read(Value value, Value other, EvaluationContext evaluation)
    {
        if (value is not TextValue)
            return value;

        Value? read = other switch
        {
            NumberValue => Reading.AsNumber(value) is { } number ? new NumberValue(number) : null,
            DateValue => Reading.AsDate(value, evaluation.Now),
            DurationValue => Reading.AsDuration(value),
            _ => value,
        };
        evaluation.Tallies.AddGuess(((TextValue)value).Column);
        if (read is not null)
            return read;

        evaluation.Tallies.AddUnread(other switch { NumberValue => "number", DurationValue => "duration", _ => "date" }, value);
        return NoneValue.Instance;
    }

    /// <summary>A row that stands for its text, as that text.</summary>
    public static Value Scalar(Value value) => value is RecordValue { Shape.TextField: { } field } record ? record.Find(field)! : value;

    public static Value ReadNumber(Value text, EvaluationContext evaluation) => Read(text, AnyNumber, evaluation);
}
