using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values;

/// <summary>What <c>==</c> and <c>in</c> mean by equal, and what grouping does.</summary>
internal static class ValueEquality
{
    /// <summary>Equal as <c>==</c> has it: a text beside a number, date or truth value is read as one; none equals none.</summary>
    public static bool AreEqual(Value left, Value right)
    {
        var leftKind = ValueKinds.Of(left);
        var rightKind = ValueKinds.Of(right);
        if (leftKind == rightKind)
            return AreSame(left, right, AreEqual);

        if (leftKind == ValueKind.None || rightKind == ValueKind.None)
            return false;

        if (leftKind == ValueKind.Record && left is RecordValue { Shape.TextField: { } leftField } leftRecord)
            return AreEqual(leftRecord.Find(leftField)!, right);

        if (rightKind == ValueKind.Record && right is RecordValue { Shape.TextField: { } rightField } rightRecord)
            return AreEqual(left, rightRecord.Find(rightField)!);

        if (leftKind != ValueKind.Text && rightKind != ValueKind.Text)
            return false;

        var (text, other) = leftKind == ValueKind.Text ? (left, right) : (right, left);
        return other switch
        {
            NumberValue number => Reading.AsNumber(text) == number.Number,
            DateValue date => Reading.AsDate(text) is { } read && PointInTime.Compare(read.Point, date.Point) == 0,
            BoolValue => Reading.AsBool(text) is { } read && BoolValue.Of(read) == other,
            _ => false,
        };
    }

    /// <summary>Equal and of one kind, as keys of groups and joins are.</summary>
    public static bool AreSame(Value left, Value right) =>
        ValueKinds.Of(left) == ValueKinds.Of(right) && AreSame(left, right, AreSame);

    private static bool AreSame(Value left, Value right, Func<Value, Value, bool> areEqual) => (left, right) switch
    {
        (NumberValue l, NumberValue r) => AreSameNumbers(l, r),
        (DurationValue l, DurationValue r) => l.Duration == r.Duration,
        (DateValue l, DateValue r) =>
            areEqual == AreSame ? PointInTime.AreSame(l.Point, r.Point) : PointInTime.Compare(l.Point, r.Point) == 0,
        (TextValue l, TextValue r) => TextBytes.Equal(l, r),
        (BoolValue l, BoolValue r) => l == r,
        (ListValue l, ListValue r) => AreAll(l.ReadAll(), r.ReadAll(), areEqual),
        (RecordValue l, RecordValue r) => AreRecords(l, r, areEqual),
        _ => true,
    };

    /// <summary>Numbers that decimal cannot hold are told apart as they were written: ids of thirty digits may be one double.</summary>
    private static bool AreSameNumbers(NumberValue left, NumberValue right) => !left.Number.IsExact && !right.Number.IsExact
        && left.Written is not null && right.Written is not null
        ? left.Written == right.Written
        : left.Number == right.Number;

    private static bool AreAll(IReadOnlyList<Value> left, IReadOnlyList<Value> right, Func<Value, Value, bool> areEqual)
    {
        if (left.Count != right.Count)
            return false;

        for (int i = 0; i < left.Count; i++)
        {
            if (!areEqual(left[i], right[i]))
                return false;
        }

        return true;
    }

    private static bool AreRecords(RecordValue left, RecordValue right, Func<Value, Value, bool> areEqual)
    {
        if (ReferenceEquals(left, right))
            return true;

        if (left.Fields.Count != right.Fields.Count)
            return false;

        for (int i = 0; i < left.Fields.Count; i++)
        {
            var other = ReferenceEquals(left.Shape, right.Shape) ? right.Fields[i] : right.Find(left.Shape.Names[i]);
            if (other is null || !areEqual(left.Fields[i], other))
                return false;
        }

        return true;
    }
}
