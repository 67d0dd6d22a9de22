using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

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
            _ => value,
        };
        evaluation.Tallies.AddGuess(((TextValue)value).Column);
        if (read is not null)
            return read;

        evaluation.Tallies.AddUnread(other is NumberValue ? "number" : "date", value);
        return NoneValue.Instance;
    }

    /// <summary>A row that stands for its text, as that text.</summary>
    public static Value Scalar(Value value) => value is RecordValue { Shape.TextField: { } field } record ? record.Find(field)! : value;

    public static Value ReadNumber(Value text, EvaluationContext evaluation) => Read(text, AnyNumber, evaluation);
}
