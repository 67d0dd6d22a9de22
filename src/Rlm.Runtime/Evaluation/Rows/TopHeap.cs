using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The first so many items in one order, the earlier of equal ones, and those that tie with the last of them.</summary>
internal sealed class TopHeap
{
    private readonly KeyOrder[] _orders;
    private readonly int _count;
    private readonly bool _keepsTies;
    private readonly List<Candidate> _ties = [];

    // A heap: each stands behind the two below it, and the last one of all at 0.
    private readonly List<Candidate> _taken = [];

    // One that was pushed out, whose room the next takes.
    private Candidate? _spare;

    /// <param name="orders">The order of each key, the most significant first.</param>
    /// <param name="count">How many items are wanted.</param>
    /// <param name="keepsTies">Whether those that tie with the last one are wanted, too.</param>
    public TopHeap(KeyOrder[] orders, int count, bool keepsTies)
    {
        (_orders, _count, _keepsTies) = (orders, count, keepsTies);
    }

    /// <summary>How many more tie with the last one taken.</summary>
    public long TieCount { get; private set; }

    /// <summary>The first key of the last one taken; null while there is room.</summary>
    public OrderKey? Last => _taken.Count < _count ? null : _taken[0].Keys[0];

    /// <summary>The last one taken.</summary>
    public Value LastItem => _taken[0].Row!.Make();

    public IEnumerable<Value> Items =>
        _taken.Concat(_ties).Order(Comparer<Candidate>.Create(Compare)).Select(candidate => candidate.Row!.Make());

    /// <summary>Takes the current item if it is among the first.</summary>
    /// <param name="keys">Its keys.</param>
    /// <param name="rows">The items.</param>
    public void Offer(OrderKey[] keys, StageRows rows)
    {
        if (_taken.Count < _count)
        {
            var taken = CandidateOf(keys, rows);
            _taken.Add(taken);
            Raise(taken, _taken.Count - 1);
            return;
        }

        var last = _taken[0];
        int order = Compare(keys, last.Keys);
        if (order > 0)
            return;

        if (order == 0)
        {
            TieCount++;
            if (_keepsTies)
                _ties.Add(CandidateOf(keys, rows));
            return;
        }

        // What is pushed out ties only while the last one taken still equals it.
        Raise(CandidateOf(keys, rows), LowerLast());
        bool isTie = Compare(last.Keys, _taken[0].Keys) == 0;
        TieCount = isTie ? TieCount + 1 : 0;
        if (!isTie)
            _ties.Clear();
        if (isTie && _keepsTies)
            _ties.Add(last);
        else
            _spare = last;
    }

    /// <summary>Takes the last one out; gives the free place, which is low, as what comes in belongs there mostly.</summary>
    private int LowerLast()
    {
        int free = 0;
        for (int below = 1; below < _taken.Count; below = (2 * free) + 1)
        {
            if (below + 1 < _taken.Count && Compare(_taken[below], _taken[below + 1]) < 0)
                below++;
            _taken[free] = _taken[below];
            free = below;
        }

        return free;
    }

    /// <summary>Puts a candidate at a free place, or as far above it as it belongs.</summary>
    private void Raise(Candidate candidate, int free)
    {
        while (free > 0 && Compare(_taken[(free - 1) / 2], candidate) < 0)
        {
            _taken[free] = _taken[(free - 1) / 2];
            free = (free - 1) / 2;
        }

        _taken[free] = candidate;
    }

    private int Compare(Candidate left, Candidate right) =>
        Compare(left.Keys, right.Keys) is var order and not 0 ? order : left.Place.CompareTo(right.Place);

    private int Compare(OrderKey[] left, OrderKey[] right)
    {
        for (int i = 0; i < _orders.Length; i++)
        {
            if (_orders[i].Compare(left[i], right[i]) is var order and not 0)
                return order;
        }

        return 0;
    }

    private Candidate CandidateOf(OrderKey[] keys, StageRows rows)
    {
        var candidate = _spare ?? new Candidate(keys.Length);
        _spare = null;
        for (int i = 0; i < keys.Length; i++)
            candidate.Keys[i].Set(keys[i]);
        candidate.Row = rows.Reader.Keep(candidate.Row);
        candidate.Place = rows.Index;
        return candidate;
    }

    private sealed class Candidate(int keys)
    {
        public OrderKey[] Keys { get; } = [.. Enumerable.Range(0, keys).Select(_ => new OrderKey())];

        public KeptRow? Row { get; set; }

        public int Place { get; set; }
    }
}
