namespace Rlm.Runtime.Values;

/// <summary>
/// The order that <c>sort</c>, <c>top</c>, <c>min</c> and <c>max</c> share. None comes last either way, failed items behind it. Texts are
/// in the order of their code points; a text beside a number or date is read as one.
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
    public int Signed(int ascending) => _sign * ascending;

    /// <summary>The order of two values that are not none.</summary>
    public static int Order(Value left, Value right) => (left, right) switch
    {
        (NumberValue l, NumberValue r) => l.Number.CompareTo(r.Number),
        (TextValue l, TextValue r) => TextBytes.Compare(l, r),
        (DateValue l, DateValue r) => l.Time.CompareTo(r.Time),
        (DurationValue l, DurationValue r) => l.Duration.CompareTo(r.Duration),
        (BoolValue l, BoolValue r) => (l == BoolValue.True).CompareTo(r == BoolValue.True),
        (NumberValue l, TextValue r) when Reading.AsNumber(r) is { } number => l.Number.CompareTo(number),
        (TextValue l, NumberValue r) when Reading.AsNumber(l) is { } number => number.CompareTo(r.Number),
        (DateValue l, TextValue r) when Reading.AsDate(r) is { } date => l.Time.CompareTo(date.Time),
        (TextValue l, DateValue r) when Reading.AsDate(l) is { } date => date.Time.CompareTo(r.Time),
        (ListValue l, ListValue r) => OrderAll(l.Kept(), r.Kept()),
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
