using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>The items that may be among the first so many by BM25, found in one pass.</summary>
/// <remarks>
/// What a word is worth is known only at the end. But of items with the same counts of the query's words the shorter is never worth
/// less, whatever that turns out to be, so that so many of each combination of counts are enough: memory does not grow with the list.
/// </remarks>
internal sealed class RankCandidates
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private static readonly Comparer<(int Words, long Place)> WorstFirst = Comparer<(int Words, long Place)>
        .Create(static (left, right) => right.CompareTo(left));

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _wanted;
    private readonly long[] _itemsWith;
    private readonly char[] _key;
    private long _items;
    private double _words;

    /// <param name="terms">How many different words the query has.</param>
    /// <param name="wanted">How many items are asked for.</param>
    public RankCandidates(int terms, int wanted)
    {
        _wanted = wanted;
        _itemsWith = new long[terms];
        _key = new char[2 * terms];
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Counts the next item, and keeps it if it may be wanted.</summary>
    /// <param name="words">How many words it has.</param>
    /// <param name="counts">How often each of the query's words is among them.</param>
    /// <param name="state">What the value is made of.</param>
    /// <param name="value">Makes the value of an item that is kept.</param>
    public void Add<T>(int words, ReadOnlySpan<int> counts, T state, Func<T, Value> value)
    {
        long place = _items++;
        _words += words;
        if (counts.IndexOfAnyExcept(0) < 0)
            return;

        for (int term = 0; term < counts.Length; term++)
        {
            _itemsWith[term] += counts[term] > 0 ? 1 : 0;
            _key[2 * term] = (char)counts[term];
            _key[(2 * term) + 1] = (char)(counts[term] >> 16);
        }

        if (!_lookup.TryGetValue(_key, out var group))
            _groups.Add(new string(_key), group = new Group(counts.ToArray(), new PriorityQueue<Value, (int, long)>(WorstFirst)));

        if (group.Items.Count < _wanted)
            group.Items.Enqueue(value(state), (words, place));
        else if (group.Items.TryPeek(out _, out var worst) && words < worst.Words)
            group.Items.DequeueEnqueue(value(state), (words, place));
    }

    /// <summary>The best items, best first.</summary>
    public IEnumerable<Value> TakeBest()
    {
        double average = _words / Math.Max(1, _items);
        return _groups.Values
            .SelectMany(group => group.Items.UnorderedItems.Select(
                item => (item.Element, item.Priority.Place, Score: Score(group.Counts, item.Priority.Words, average))))
            .OrderByDescending(item => item.Score)
            .ThenBy(item => item.Place)
            .Take(_wanted)
            .Select(item => item.Element);
    }

    private double Score(int[] counts, int words, double average)
    {
        double score = 0;
        for (int term = 0; term < counts.Length; term++)
        {
            double frequency = counts[term];
            double rarity = Math.Log(1 + ((_items - _itemsWith[term] + 0.5) / (_itemsWith[term] + 0.5)));
            score += rarity * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * words / average))));
        }

        return score;
    }

    private sealed record Group(int[] Counts, PriorityQueue<Value, (int Words, long Place)> Items);
}
