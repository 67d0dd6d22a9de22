using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>The order of items that are kept as bytes: their keys and what is made of them.</summary>
/// <param name="readings">What each key is ordered as.</param>
/// <param name="areDescending">Of each key whether the greatest comes first.</param>
/// <param name="objects">What the items share.</param>
internal sealed class SortOrder(KeyReading[] readings, bool[] areDescending, PackedObjects objects)
{
    private readonly KeyOrder[] _orders = [.. readings.Zip(areDescending, (reading, isDescending) => new KeyOrder(reading, isDescending))];

    private KeyReading[] Readings => readings;

    /// <summary>Whether another order of the same keys reads them alike.</summary>
    public bool IsLike(SortOrder other) => Readings.AsSpan().SequenceEqual(other.Readings);

    /// <summary>What an item is compared by.</summary>
    /// <param name="item">The item.</param>
    /// <param name="kept">Where it is kept.</param>
    public SortEntry EntryOf(ReadOnlySpan<byte> item, in SortEntry kept)
    {
        var keys = KeysOf(item, out bool isApart);
        if (isApart)
            return kept with { First = SortPrefix.OfApart };

        var first = PackedKey.Read(ref keys);
        ulong prefix = SortPrefix.Of(first, readings[0], areDescending[0]);
        ulong second = readings.Length == 1
            ? SortPrefix.OfRest(prefix, first, readings[0], areDescending[0])
            : SortPrefix.Of(PackedKey.Read(ref keys), readings[1], areDescending[1]);
        return kept with { First = prefix, Second = second };
    }

    /// <summary>The order of two items by the start of their keys; false where that does not tell.</summary>
    public bool TryCompare(in SortEntry left, in SortEntry right, out int order)
    {
        order = (left.First >> 1).CompareTo(right.First >> 1);
        bool isWhole = !SortPrefix.HasMore(left.First | right.First);
        if (order != 0 || (isWhole && readings.Length == 1))
            return true;
        if (!isWhole && readings.Length > 1)
            return false;

        order = (left.Second >> 1).CompareTo(right.Second >> 1);
        return order != 0 || (!SortPrefix.HasMore(left.Second | right.Second)
            && (readings.Length == 1 ? SortPrefix.HasMore(left.First & right.First) : readings.Length == 2));
    }

    /// <summary>The order of two items by their keys.</summary>
    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var keys = KeysOf(left, out bool isApart);
        var others = KeysOf(right, out bool isOtherApart);
        if (isApart || isOtherApart)
            return isApart.CompareTo(isOtherApart);

        for (int i = 0; i < readings.Length; i++)
        {
            var key = PackedKey.Read(ref keys);
            var other = PackedKey.Read(ref others);
            int order = readings[i] == KeyReading.Plain && key.Kind == CellKind.Text && other.Kind == CellKind.Text
                ? areDescending[i] ? other.Text.SequenceCompareTo(key.Text) : key.Text.SequenceCompareTo(other.Text)
                : _orders[i].Compare(new KeyCell(key), new KeyCell(other));
            if (order != 0)
                return order;
        }

        return 0;
    }

    /// <summary>Reads what is made of an item, which stands behind its keys.</summary>
    public ValueReader RowOf(ReadOnlySpan<byte> item)
    {
        var reader = KeysOf(item, out _, out int length);
        reader.MoveTo(reader.At + length);
        return reader;
    }

    private ValueReader KeysOf(ReadOnlySpan<byte> item, out bool isApart) => KeysOf(item, out isApart, out _);

    private ValueReader KeysOf(ReadOnlySpan<byte> item, out bool isApart, out int length)
    {
        var reader = new ValueReader(item, 0, objects.Source, objects.Origin, objects.All);
        ulong head = reader.ReadNumber();
        (isApart, length) = ((head & 1) != 0, (int)(head >> 1));
        return reader;
    }
}
