using System.Runtime.CompilerServices;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>
/// The order that <c>sort</c>, <c>top</c>, <c>min</c> and <c>max</c> share: as numbers or dates, what does not read so behind, by code
/// point, and blank texts, none and failed items last, all this either way.
/// </summary>
internal sealed class KeyOrder(KeyReading reading, bool isDescending) : IComparer<OrderKey>
{
    private readonly ValueComparer _plain = isDescending ? ValueComparer.Descending : ValueComparer.Ascending;

    public int Compare(OrderKey? x, OrderKey? y) =>
        TryCompareRead(in x!.Number, in x.Time, x.IsMissing, in y!.Number, in y.Time, y.IsMissing, out int order) ? order : x.CompareTo(y, _plain);

    public int Compare(in KeyCell cell, OrderKey other) =>
        TryCompareRead(in cell.Number, in cell.Time, cell.IsMissing, in other.Number, in other.Time, other.IsMissing, out int order)
            ? order
            : cell.Cell.CompareTo(other.Cell, _plain);

    public int Compare(in KeyCell cell, in KeyCell other) =>
        TryCompareRead(in cell.Number, in cell.Time, cell.IsMissing, in other.Number, in other.Time, other.IsMissing, out int order)
            ? order
            : cell.Cell.CompareTo(other.Cell, _plain);

    /// <summary>The order by what the keys read as; false where they are ordered as they are. By reference: to copy numbers would take longer than to compare them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryCompareRead(
        in Number? number, in PointInTime? time, bool isMissing, in Number? otherNumber, in PointInTime? otherTime, bool isOtherMissing, out int order)
    {
        if (reading == KeyReading.Number && (number.HasValue || otherNumber.HasValue))
        {
            order = !number.HasValue ? 1
                : !otherNumber.HasValue ? -1
                : _plain.ApplySign(Number.Compare(
                    in Nullable.GetValueRefOrDefaultRef(in number), in Nullable.GetValueRefOrDefaultRef(in otherNumber)));
            return true;
        }

        if (reading == KeyReading.Date && (time.HasValue || otherTime.HasValue))
        {
            order = !time.HasValue ? 1
                : !otherTime.HasValue ? -1
                : _plain.ApplySign(PointInTime.Order(time.Value, otherTime.Value));
            return true;
        }

        order = reading == KeyReading.Plain ? 0 : isMissing.CompareTo(isOtherMissing);
        return reading != KeyReading.Plain && (isMissing || isOtherMissing);
    }
}
