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
        TryCompareRead(in x!.Number, in x.Time, x.IsMissing, y!, out int order) ? order : x.CompareTo(y!, _plain);

    public int Compare(in KeyCell cell, OrderKey other) =>
        TryCompareRead(in cell.Number, in cell.Time, cell.IsMissing, other, out int order) ? order : cell.Cell.CompareTo(other.Cell, _plain);

    /// <summary>The order by what the keys read as; false where they are ordered as they are. By reference: to copy numbers would take longer than to compare them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryCompareRead(in Number? number, in PointInTime? time, bool isMissing, OrderKey other, out int order)
    {
        if (reading == KeyReading.Number && (number.HasValue || other.Number.HasValue))
        {
            order = !number.HasValue ? 1
                : !other.Number.HasValue ? -1
                : _plain.ApplySign(Number.Compare(
                    in Nullable.GetValueRefOrDefaultRef(in number), in Nullable.GetValueRefOrDefaultRef(in other.Number)));
            return true;
        }

        if (reading == KeyReading.Date && (time.HasValue || other.Time.HasValue))
        {
            order = !time.HasValue ? 1
                : !other.Time.HasValue ? -1
                : _plain.ApplySign(PointInTime.Order(time.Value, other.Time.Value));
            return true;
        }

        order = reading == KeyReading.Plain ? 0 : isMissing.CompareTo(other.IsMissing);
        return reading != KeyReading.Plain && (isMissing || other.IsMissing);
    }
}
