
using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation;

internal static partial class ExpressionEvaluator
{
    /// <summary>A value where text is wanted: a text, a row's text, or a scalar as it prints; null for none, lists and records.</summary>
    internal static TextValue? Textual(Value value) => Reading.AsText(value) ?? (value is NumberValue or DateValue or BoolValue or DurationValue
        ? new TextValue(ValueRenderer.InTemplate(value))
        : null);

    private static Value Binary(BoundBinary binary, Scope? scope, EvaluationContext evaluation)
    {
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            // One side may decide whatever the other is; where neither does, what is unknown stays so.
            bool deciding = binary.Operator == BinaryOperator.Or;
            var left = Evaluate(binary.Left, scope, evaluation);
            if (Truth(left) == deciding)
                return BoolValue.Of(deciding);
            var right = Evaluate(binary.Right, scope, evaluation);
            return Truth(right) == deciding ? BoolValue.Of(deciding) : Unknown.Of(left) ?? Unknown.Of(right) ?? (Value)BoolValue.Of(!deciding);
        }

        var first = Evaluate(binary.Left, scope, evaluation);
        var second = Evaluate(binary.Right, scope, evaluation);
        return binary.Operator is >= BinaryOperator.Add and <= BinaryOperator.Remainder
            ? Arithmetic(binary.Operator, first, second, evaluation)
            : Holds(binary.Operator, first, second, evaluation) is { } holds ? BoolValue.Of(holds) : (Unknown.In(first) ?? Unknown.In(second))!;
    }

    /// <summary>Whether a comparison or test holds for two values; null where that rests on a failed item.</summary>
    internal static bool? Holds(BinaryOperator test, Value left, Value right, EvaluationContext evaluation)
    {
        if (Unknown.Of(left) is not null || Unknown.Of(right) is not null)
            return null;
        if (test is BinaryOperator.Equal or BinaryOperator.NotEqual && left is ListValue or RecordValue && right is ListValue or RecordValue && (Unknown.In(left) ?? Unknown.In(right)) is not null)
            return null;
        return test switch
        {
            BinaryOperator.In => IsIn(left, right, ifNeither: false),
            BinaryOperator.NotIn => !IsIn(left, right, ifNeither: true),
            BinaryOperator.Contains => IsIn(right, left, ifNeither: false),
            BinaryOperator.NotContains => !IsIn(right, left, ifNeither: true),
            _ => HoldsOfKnown(test, left, right, evaluation),
        };
    }

    private static bool HoldsOfKnown(BinaryOperator test, Value left, Value right, EvaluationContext evaluation) => test switch
    {
        BinaryOperator.Equal => AreEqual(left, right, evaluation),
        BinaryOperator.NotEqual => !AreEqual(left, right, evaluation),
        BinaryOperator.Less => Compare(left, right, evaluation) < 0,
        BinaryOperator.LessOrEqual => Compare(left, right, evaluation) <= 0,
        BinaryOperator.Greater => Compare(left, right, evaluation) > 0,
        BinaryOperator.GreaterOrEqual => Compare(left, right, evaluation) >= 0,
        _ => Test(test, left, right),
    };

    /// <summary>The order of two values; null, for which every comparison is false, where one is none or they cannot be compared.</summary>
    private static int? Compare(Value left, Value right, EvaluationContext evaluation)
    {
        left = Scalar(left);
        right = Scalar(right);
        if (Reading.IsNone(left) || Reading.IsNone(right))
            return null;

        return (left is TextValue && right is TextValue ? ReadTogether(left, right, evaluation) ?? (left, right) : ReadAlike(left, right, evaluation)) switch
        {
            (DateValue first, DateValue second) => PointInTime.Compare(first.Point, second.Point),
            var (first, second) when ValueKinds.Of(first) == ValueKinds.Of(second) => ValueComparer.Order(first, second),
            _ => null,
        };
    }

    /// <summary>Equal, where a text beside a date may be one without a year.</summary>
    private static bool AreEqual(Value left, Value right, EvaluationContext evaluation) => (left, right) switch
    {
        (DateValue, TextValue) => ValueEquality.AreEqual(left, Reading.AsDate(right, evaluation.Now) ?? right),
        (TextValue, DateValue) => ValueEquality.AreEqual(Reading.AsDate(left, evaluation.Now) ?? left, right),
        _ => ValueEquality.AreEqual(left, right),
    };

    /// <summary>Two texts read as two numbers or else two dates; null where they are neither, and none for one that is not what the other is.</summary>
    private static (Value Left, Value Right)? ReadTogether(Value left, Value right, EvaluationContext evaluation)
    {
        if (Reading.AsNumber(left) is not null || Reading.AsNumber(right) is not null)
            return ReadAlike(Number(left), Number(right), evaluation);
        if (Reading.AsDate(left, evaluation.Now) is not null || Reading.AsDate(right, evaluation.Now) is not null)
            return ReadAlike(Reading.AsDate(left, evaluation.Now) ?? left, Reading.AsDate(right, evaluation.Now) ?? right, evaluation);
        return null;

        static Value Number(Value text) => Reading.AsNumber(text) is { } number ? new NumberValue(number) : text;
    }

    /// <summary>A text beside a number or date read as one; none, and counted, where it cannot be read.</summary>
    private static (Value Left, Value Right) ReadAlike(Value left, Value right, EvaluationContext evaluation) =>
        (Read(left, right, evaluation), Read(right, left, evaluation));

    private static Value Read(Value value, Value other, EvaluationContext evaluation)
    {
        if (value is not TextValue)
            return value;

        Value? read = other switch
        {
            NumberValue => Reading.AsNumber(value) is { } number ? new NumberValue(number) : null,
            DateValue => Reading.AsDate(value, evaluation.Now),
            _ => value,
        };
        evaluation.Tallies.Guessed(((TextValue)value).Column);
        if (read is not null)
            return read;

        evaluation.Tallies.Unread(other is NumberValue ? "number" : "date", value);
        return NoneValue.Instance;
    }

    /// <summary>A row that stands for its text, as that text.</summary>
    private static Value Scalar(Value value) => value is RecordValue { Shape.TextField: { } field } record ? record.Find(field)! : value;

    private static bool Test(BinaryOperator test, Value left, Value right) => test switch
    {
        BinaryOperator.Matches => Matches(left, right) ?? false,
        BinaryOperator.NotMatches => !(Matches(left, right) ?? true),
        BinaryOperator.StartsWith => OfTexts(left, right, TextBytes.StartsWith) ?? false,
        BinaryOperator.NotStartsWith => !(OfTexts(left, right, TextBytes.StartsWith) ?? true),
        BinaryOperator.EndsWith => OfTexts(left, right, TextBytes.EndsWith) ?? false,
        BinaryOperator.NotEndsWith => !(OfTexts(left, right, TextBytes.EndsWith) ?? true),
        _ => throw new InvalidOperationException($"{test} is not a test."),
    };

    /// <summary>Whether a list has an item equal to the value, or a text holds it; null where an item that failed may be it.</summary>
    /// <param name="item">What is looked for.</param>
    /// <param name="whole">Where.</param>
    /// <param name="ifNeither">What is said where there is nothing to look in or for.</param>
    private static bool? IsIn(Value item, Value whole, bool ifNeither) => whole is ListValue list
        ? MemberSet.Contains(list, item)
        : OfTexts(whole, item, TextBytes.Contains) ?? ifNeither;

    private static bool? Matches(Value left, Value right) => right is PatternValue pattern
        ? Textual(left) is { } text ? pattern.IsMatch(text) : null
        : OfTexts(left, right, TextBytes.Contains);

    private static bool? OfTexts(Value left, Value right, Func<TextValue, TextValue, bool> test) =>
        Textual(left) is { } text && Textual(right) is { } part ? test(text, part) : null;
}
