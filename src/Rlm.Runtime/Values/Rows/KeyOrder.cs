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
        CompareRead(in x!.Number, in x.Time, x.IsMissing, y!) ?? x.Cell.CompareTo(y!.Cell, _plain);

    public int Compare(in KeyCell cell, OrderKey other) =>
        CompareRead(in cell.Number, in cell.Time, cell.IsMissing, other) ?? cell.Cell.CompareTo(other.Cell, _plain);

    /// <summary>The order by what the keys read as; null where they are ordered as they are. By reference: to copy numbers would take longer than to compare them.</summary>
    private int? CompareRead(in Number? number, in PointInTime? time, bool isMissing, OrderKey other)
    {
        if (reading == KeyReading.Number && (number.HasValue || other.Number.HasValue))
        {
            return !number.HasValue ? 1
                : !other.Number.HasValue ? -1
                : _plain.ApplySign(Number.Compare(
                    in Nullable.GetValueRefOrDefaultRef(in number), in Nullable.GetValueRefOrDefaultRef(in other.Number)));
        }

        if (reading == KeyReading.Date && (time.HasValue || other.Time.HasValue))
            return !time.HasValue ? 1
                : !other.Time.HasValue ? -1
                : _plain.ApplySign(PointInTime.Order(time.Value, other.Time.Value));
        return reading != KeyReading.Plain && (isMissing || other.IsMissing) ? isMissing.CompareTo(other.IsMissing) : null;
    }
}
