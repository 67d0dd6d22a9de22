using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values;

/// <summary>
/// The order of values as they are: texts by their code points, values of different kinds by kind. None comes last
/// either way, failed items behind it.
/// </summary>
internal sealed class ValueComparer : IComparer<Value>
{
    private readonly int _sign;

    private ValueComparer(int sign) => _sign = sign;

    public static ValueComparer Ascending { get; } = new(1);

    public static ValueComparer Descending { get; } = new(-1);

    public int Compare(Value? x, Value? y)
    {
        int left = PlaceOf(x), right = PlaceOf(y);
        return left + right > 0 ? left.CompareTo(right) : _sign * Order(x!, y!);
    }

    private static int PlaceOf(Value? value) => value switch
    {
        FailedValue => 2,
        null or NoneValue => 1,
        _ => 0,
    };

    /// <summary>An ascending order of two values that are not none as this comparer has it.</summary>
    public int ApplySign(int ascending) => _sign * ascending;

    /// <summary>The order of two values that are not none.</summary>
    public static int Order(Value left, Value right) => (left, right) switch
    {
        (NumberValue l, NumberValue r) => l.Number.CompareTo(r.Number),
        (TextValue l, TextValue r) => TextBytes.Compare(l, r),
        (DateValue l, DateValue r) => PointInTime.Order(l.Point, r.Point),
        (DurationValue l, DurationValue r) => l.Duration.CompareTo(r.Duration),
        (BoolValue l, BoolValue r) => (l == BoolValue.True).CompareTo(r == BoolValue.True),
        (ListValue l, ListValue r) => OrderAll(l.ReadAll(), r.ReadAll()),
        (RecordValue l, RecordValue r) => Reading.AsText(l) is { } leftText && Reading.AsText(r) is { } rightText
            ? TextBytes.Compare(leftText, rightText)
            : OrderAll(l.Fields, r.Fields),
        _ => ValueKinds.Of(left).CompareTo(ValueKinds.Of(right)),
    };

    private static int OrderAll(IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        for (int i = 0; i < left.Count && i < right.Count; i++)
        {
            int order = Ascending.Compare(left[i], right[i]);
            if (order != 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }
}
