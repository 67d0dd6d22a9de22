using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>
/// The order that <c>sort</c>, <c>top</c>, <c>min</c> and <c>max</c> share: as numbers or dates, what does not read so behind, by code
/// point, and blank texts, none and failed items last, all this either way.
/// </summary>
internal sealed class KeyOrder(KeyReading reading, bool isDescending) : IComparer<OrderKey>
{
    private readonly ValueComparer _plain = isDescending ? ValueComparer.Descending : ValueComparer.Ascending;

    public int Compare(OrderKey? x, OrderKey? y) => Compare(new KeyCell(x!), y!);

    public int Compare(in KeyCell cell, OrderKey other)
    {
        // By reference: to copy both numbers would take longer than to compare them.
        if (reading == KeyReading.Number && (cell.Number.HasValue || other.Number.HasValue))
        {
            return !cell.Number.HasValue ? 1
                : !other.Number.HasValue ? -1
                : _plain.ApplySign(Number.Compare(
                    in Nullable.GetValueRefOrDefaultRef(in cell.Number), in Nullable.GetValueRefOrDefaultRef(in other.Number)));
        }

        if (reading == KeyReading.Date && (cell.Time.HasValue || other.Time.HasValue))
            return !cell.Time.HasValue ? 1
                : !other.Time.HasValue ? -1
                : _plain.ApplySign(PointInTime.Order(cell.Time.Value, other.Time.Value));
        if (reading != KeyReading.Plain && (cell.IsMissing || other.IsMissing))
            return cell.IsMissing.CompareTo(other.IsMissing);
        return cell.Cell.CompareTo(other.Value, _plain);
    }
}
