using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation;

/// <summary>Compares and tests two values.</summary>
internal static class Comparison
{
    /// <summary>Whether a comparison or test holds for the values of its sides; null where that rests on a failed item.</summary>
    public static bool? Holds(BoundBinary test, Value left, Value right, EvaluationContext evaluation) =>
        test.MeansNone && (IsNothing(left, right) || IsNothing(right, left))
            ? test.Operator is BinaryOperator.Equal or BinaryOperator.In or BinaryOperator.Contains
            : Holds(test.Operator, left, right, evaluation, test.HasBound);

    /// <summary>Whether one side is none, or the other an empty text that looks for it in a list.</summary>
    private static bool IsNothing(Value value, Value other) => value is NoneValue
        || (value is ListValue list && other is TextValue { LengthBytes: 0 } && list.Items.Any(item => item is NoneValue));

    /// <summary>Whether a comparison or test holds for two values; null where that rests on a failed item.</summary>
    /// <param name="test">The comparison or test.</param>
    /// <param name="left">The value of its left side.</param>
    /// <param name="right">The value of its right side.</param>
    /// <param name="evaluation">What the values are compared in.</param>
    /// <param name="isBound">Whether the program writes one of them out, so that the order itself matters and not only that it is one.</param>
    public static bool? Holds(BinaryOperator test, Value left, Value right, EvaluationContext evaluation, bool isBound = false)
    {
        if (Unknown.Of(left) is not null || Unknown.Of(right) is not null)
            return null;
        if (test is BinaryOperator.Equal or BinaryOperator.NotEqual && left is ListValue or RecordValue
            && right is ListValue or RecordValue && (Unknown.In(left) ?? Unknown.In(right)) is not null)
            return null;
        return test switch
        {
            BinaryOperator.In => IsIn(left, right, evaluation, ifNeither: false),
            BinaryOperator.NotIn => !IsIn(left, right, evaluation, ifNeither: true),
            BinaryOperator.Contains => IsIn(right, left, evaluation, ifNeither: false),
            BinaryOperator.NotContains => !IsIn(right, left, evaluation, ifNeither: true),
            BinaryOperator.Less => Compare(left, right, isBound, evaluation) < 0,
            BinaryOperator.LessOrEqual => Compare(left, right, isBound, evaluation) <= 0,
            BinaryOperator.Greater => Compare(left, right, isBound, evaluation) > 0,
            BinaryOperator.GreaterOrEqual => Compare(left, right, isBound, evaluation) >= 0,
            _ => HoldsOfKnown(test, left, right, evaluation),
        };
    }

    private static bool HoldsOfKnown(BinaryOperator test, Value left, Value right, EvaluationContext evaluation) => test switch
    {
        BinaryOperator.Equal => AreEqual(left, right, evaluation),
        BinaryOperator.NotEqual => !AreEqual(left, right, evaluation),
        _ => Test(test, left, right),
    };

    /// <summary>The order of two values; null, for which every comparison is false, where one is none or they cannot be compared.</summary>
    private static int? Compare(Value left, Value right, bool isBound, EvaluationContext evaluation)
    {
        left = Operands.Scalar(left);
        right = Operands.Scalar(right);
        if (Reading.IsNone(left) || Reading.IsNone(right))
            return null;

        return (left is TextValue && right is TextValue ? Operands.ReadInOrder(left, right, isBound, evaluation) : Operands.ReadAlike(left, right, evaluation)) switch
        {
            (DateValue first, DateValue second) => PointInTime.Compare(first.Point, second.Point),
            var (first, second) when ValueKinds.Of(first) == ValueKinds.Of(second) => ValueComparer.Order(first, second),
            _ => null,
        };
    }

    /// <summary>Whether two texts of columns of numbers are one number: <c>3</c> and <c>3.0</c>. Digits behind a zero are an id.</summary>
    public static bool AreSameAmounts(in Cell left, in Cell right) => left.Column is { LooksNumeric: true } && right.Column is { LooksNumeric: true }
        && !IsId(left) && !IsId(right) && left.AsNumber() is { } one && right.AsNumber() is { } other && one.CompareTo(other) == 0;

    private static bool IsId(in Cell cell) => cell.Kind == CellKind.Text && cell.Text is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];

    /// <summary>Equal, where a text beside a date may be one without a year.</summary>
    private static bool AreEqual(Value left, Value right, EvaluationContext evaluation) => (left, right) switch
    {
        (DateValue, TextValue) => ValueEquality.AreEqual(left, Reading.AsDate(right, evaluation.Now) ?? right),
        (TextValue, DateValue) => ValueEquality.AreEqual(Reading.AsDate(left, evaluation.Now) ?? left, right),
        (TextValue first, TextValue second) => ValueEquality.AreEqual(first, second)
            || (first.Column is { LooksNumeric: true } && second.Column is { LooksNumeric: true } && AreSameAmounts(CellOf(first), CellOf(second))),
        _ => ValueEquality.AreEqual(left, right),
    };

    private static Cell CellOf(TextValue text) => Cell.OfText(Encoding.UTF8.GetBytes(text.ToString()), text.Column);

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
    /// <param name="evaluation">What the values are compared in.</param>
    /// <param name="ifNeither">What is said where there is nothing to look in or for.</param>
    private static bool? IsIn(Value item, Value whole, EvaluationContext evaluation, bool ifNeither) => whole is ListValue list
        ? MemberSet.Contains(list, item, evaluation)
        : OfTexts(whole, item, TextBytes.Contains) ?? ifNeither;

    private static bool? Matches(Value left, Value right) => right is PatternValue pattern
        ? Searched(left) is { } text ? pattern.IsMatch(text) : null
        : OfTexts(left, right, TextBytes.Contains);

    /// <summary>A text to look into; none is an empty cell.</summary>
    private static TextValue? Searched(Value value) => value is NoneValue ? TextValue.Empty : Operands.Textual(value);

    private static bool? OfTexts(Value left, Value right, Func<TextValue, TextValue, bool> test) =>
        Searched(left) is { } text && Operands.Textual(right) is { } part ? LineEnds.Test(test, text, part) : null;
}
