using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The first so many items by their keys, in each order that may turn out to be the one.</summary>
internal sealed class TopRows
{
    private static readonly int Readings = Enum.GetValues<KeyReading>().Length;

    private readonly OrderedKeys _keys;
    private readonly int _count;
    private readonly KeyOrder[] _firstOrders;

    // One for each combination of readings, those of the first key farthest apart.
    private readonly TopHeap[] _heaps;

    /// <param name="keys">The keys.</param>
    /// <param name="areDescending">Of each key whether the greatest comes first.</param>
    /// <param name="count">How many items are wanted.</param>
    /// <param name="keepsTies">Whether those that tie with the last one are wanted, too.</param>
    public TopRows(OrderedKeys keys, bool[] areDescending, int count, bool keepsTies)
    {
        (_keys, _count) = (keys, count);
        KeyOrder[][] orders = [.. areDescending.Select(
            isDescending => Enum.GetValues<KeyReading>().Select(reading => new KeyOrder(reading, isDescending)).ToArray())];
        _firstOrders = orders[0];
        _heaps = new TopHeap[CombinationsOf(keys.Count)];
        for (int i = 0; i < _heaps.Length; i++)
            _heaps[i] = new TopHeap([.. orders.Select((of, key) => of[i / CombinationsOf(keys.Count - 1 - key) % Readings])], count, keepsTies);
    }

    /// <summary>The items in the order that all of them were found to have.</summary>
    public TopHeap Best => _heaps[Enumerable.Range(0, _keys.Count).Sum(key => (int)_keys.ReadingOf(key) * CombinationsOf(_keys.Count - 1 - key))];

    /// <summary>In how many orders so many keys may be.</summary>
    public static int CombinationsOf(int keys)
    {
        int combinations = 1;
        for (int i = 0; i < keys; i++)
            combinations = checked(combinations * Readings);
        return combinations;
    }

    /// <summary>Takes the current item where it is among the first.</summary>
    /// <param name="isWhole">Whether all items are offered, as they are not where each group has its own.</param>
    /// <param name="rows">The items.</param>
    public void Offer(bool isWhole, StageRows rows)
    {
        var first = _keys.Current[0];
        int step = _heaps.Length / Readings;
        for (int reading = 0; reading < Readings; reading++)
        {
            // The order is taken only where more than half of all keys read so, which are more than are wanted then, and stand before all
            // others.
            if (isWhole && _keys.Total >= 2L * _count && !first.Reads((KeyReading)reading))
                continue;

            // The last one taken has the same first key in all orders that differ in the other keys alone.
            if (_heaps[reading * step].Last is { } last && _firstOrders[reading].Compare(first, last) > 0)
                continue;

            for (int i = 0; i < step; i++)
                _heaps[(reading * step) + i].Offer(_keys.Current, rows);
        }
    }
}
