using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>
/// The order that <c>sort</c>, <c>top</c>, <c>min</c> and <c>max</c> share: as numbers or dates, what does not read so behind, by code point, and
/// blank texts, none and failed items last, all this either way.
/// </summary>
internal sealed class KeyOrder(KeyReading reading, bool isDescending) : IComparer<OrderKey>
{
    private readonly ValueComparer _plain = isDescending ? ValueComparer.Descending : ValueComparer.Ascending;

    public int Compare(OrderKey? x, OrderKey? y) => Compare(new KeyCell(x!), y!);

    public int Compare(in KeyCell cell, OrderKey other)
    {
        if (reading == KeyReading.Number && (cell.Number is not null || other.Number is not null))
            return cell.Number is { } left && other.Number is { } right ? _plain.Signed(left.CompareTo(right)) : cell.Number is null ? 1 : -1;
        if (reading == KeyReading.Date && (cell.Time is not null || other.Time is not null))
            return cell.Time is { } left && other.Time is { } right ? _plain.Signed(PointInTime.Order(left, right)) : cell.Time is null ? 1 : -1;
        if (reading != KeyReading.Plain && (cell.IsMissing || other.IsMissing))
            return cell.IsMissing.CompareTo(other.IsMissing);
        return cell.Cell.CompareTo(other.Value, _plain);
    }
}
