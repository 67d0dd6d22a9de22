using System.Diagnostics.CodeAnalysis;

namespace Rlm.Runtime.Operators.Find;

/// <summary>The items that may be among the first so many by BM25, found in one pass, or in one of each part of a list.</summary>
/// <remarks>
/// What a word is worth is known only at the end. But of items with the same counts of the query's words the shorter is never worth
/// less, whatever that turns out to be, so that so many of each combination of counts are enough: memory does not grow with the list.
/// </remarks>
/// <typeparam name="TItem">What is kept of an item.</typeparam>
internal sealed class RankCandidates<TItem>
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const int RecentGroups = 64;

    private static readonly Comparer<(int Words, long Place)> WorstFirst = Comparer<(int Words, long Place)>
        .Create(static (left, right) => right.CompareTo(left));

    private readonly Dictionary<int[], Group> _groups;
    private readonly Dictionary<int[], Group>.AlternateLookup<ReadOnlySpan<int>> _lookup;
    private readonly int _wanted;

    /// <summary>Groups that were last asked for, by their counts: those of most items are few.</summary>
    private readonly Group?[] _recent = new Group?[RecentGroups];

    private long _items;
    private long _words;

    /// <param name="wanted">How many items are asked for.</param>
    public RankCandidates(int wanted)
    {
        _wanted = wanted;
        _groups = new Dictionary<int[], Group>(new CountsComparer());
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<int>>();
    }

    /// <summary>Counts items that have so many words.</summary>
    public void Count(long items, long words)
    {
        _items += items;
        _words += words;
    }

    /// <summary>Keeps an item that has a word of the query, if it may be wanted.</summary>
    /// <param name="place">What tells it from the others, and is more for a later one.</param>
    /// <param name="words">How many words it has.</param>
    /// <param name="counts">How often each of the query's words is among them.</param>
    /// <param name="state">What is kept is made of.</param>
    /// <param name="make">Makes what is kept.</param>
    public void Add<T>(long place, int words, ReadOnlySpan<int> counts, T state, Func<T, TItem> make)
    {
        var group = GroupOf(counts);
        group.Total++;
        if (group.Items.Count < _wanted)
            group.Items.Enqueue(make(state), (words, place));
        else if (group.Items.TryPeek(out _, out var worst) && (words, place).CompareTo(worst) < 0)
            group.Items.DequeueEnqueue(make(state), (words, place));
    }

    /// <summary>Adds those of another part of the list.</summary>
    public void AddAll(RankCandidates<TItem> others)
    {
        Count(others._items, others._words);
        foreach (var (counts, other) in others._groups)
        {
            var group = GroupOf(counts);
            long total = group.Total + other.Total;
            foreach (var (item, (words, place)) in other.Items.UnorderedItems)
                Add(place, words, counts, item, static item => item);
            group.Total = total;
        }
    }

    /// <summary>The best items, best first.</summary>
    /// <param name="terms">How many different words the query has.</param>
    public IEnumerable<TItem> TakeBest(int terms)
    {
        double average = _words / (double)Math.Max(1, _items);
        long[] itemsWith = [.. Enumerable.Range(0, terms).Select(term => _groups.Sum(group => group.Key[term] > 0 ? group.Value.Total : 0))];
        return _groups
            .SelectMany(group => group.Value.Items.UnorderedItems.Select(
                item => (item.Element, item.Priority.Place, Score: Score(group.Key, item.Priority.Words, average, itemsWith))))
            .OrderByDescending(item => item.Score)
            .ThenBy(item => item.Place)
            .Take(_wanted)
            .Select(item => item.Element);
    }

    private Group GroupOf(ReadOnlySpan<int> counts)
    {
        ref var recent = ref _recent[HashOf(counts) % RecentGroups];
        if (recent is not null && counts.SequenceEqual(recent.Counts))
            return recent;

        if (!_lookup.TryGetValue(counts, out var group))
        {
            int[] key = counts.ToArray();
            _groups.Add(key, group = new Group(key));
        }

        return recent = group;
    }

    private static uint HashOf(ReadOnlySpan<int> counts)
    {
        uint hash = 0;
        foreach (int count in counts)
            hash = (hash * 31) + (uint)count;
        return hash;
    }

    private double Score(int[] counts, int words, double average, long[] itemsWith)
    {
        double score = 0;
        for (int term = 0; term < counts.Length; term++)
        {
            double frequency = counts[term];
            double rarity = Math.Log(1 + ((_items - itemsWith[term] + 0.5) / (itemsWith[term] + 0.5)));
            score += rarity * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * words / average))));
        }

        return score;
    }

    /// <summary>The items with the same counts of the query's words: how many there are, and the best of them.</summary>
    private sealed class Group(int[] counts)
    {
        public int[] Counts => counts;

        public long Total { get; set; }

        public PriorityQueue<TItem, (int Words, long Place)> Items { get; } = new(WorstFirst);
    }

    private sealed class CountsComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ReadOnlySpan<int> alternate) => (int)HashOf(alternate);

        public int GetHashCode([DisallowNull] int[] obj) => (int)HashOf(obj);
    }
}
