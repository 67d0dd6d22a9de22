using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The first so many items in one order, the earlier of equal ones, and those that tie with the last of them.</summary>
internal sealed class TopHeap
{
    private readonly KeyOrder[] _orders;
    private readonly int _count;
    private readonly bool _keepsTies;
    private readonly Comparer<Candidate> _firstFirst;
    private readonly PriorityQueue<Candidate, Candidate> _taken;
    private readonly List<Candidate> _ties = [];

    // One that was pushed out, whose room the next takes.
    private Candidate? _spare;

    /// <param name="orders">The order of each key, the most significant first.</param>
    /// <param name="count">How many items are wanted.</param>
    /// <param name="keepsTies">Whether those that tie with the last one are wanted, too.</param>
    public TopHeap(KeyOrder[] orders, int count, bool keepsTies)
    {
        (_orders, _count, _keepsTies) = (orders, count, keepsTies);
        _firstFirst = Comparer<Candidate>.Create((left, right) => Compare(left.Keys, right.Keys) is var order and not 0 ? order : left.Place.CompareTo(right.Place));
        _taken = new PriorityQueue<Candidate, Candidate>(Comparer<Candidate>.Create((left, right) => _firstFirst.Compare(right, left)));
    }

    /// <summary>How many more tie with the last one taken.</summary>
    public long TieCount { get; private set; }

    /// <summary>The first key of the last one taken; null while there is room.</summary>
    public OrderKey? Last => _taken.Count < _count ? null : _taken.Peek().Keys[0];

    /// <summary>The last one taken.</summary>
    public Value LastItem => _taken.Peek().Row!.Make();

    public IEnumerable<Value> Items =>
        _taken.UnorderedItems.Select(item => item.Element).Concat(_ties).Order(_firstFirst).Select(candidate => candidate.Row!.Make());

    /// <summary>Takes the current item if it is among the first.</summary>
    /// <param name="keys">Its keys.</param>
    /// <param name="rows">The items.</param>
    public void Offer(OrderKey[] keys, StageRows rows)
    {
        if (_taken.Count < _count)
        {
            var taken = CandidateOf(keys, rows);
            _taken.Enqueue(taken, taken);
            return;
        }

        int order = Compare(keys, _taken.Peek().Keys);
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
        var candidate = CandidateOf(keys, rows);
        var pushedOut = _taken.DequeueEnqueue(candidate, candidate);
        bool isTie = Compare(pushedOut.Keys, _taken.Peek().Keys) == 0;
        TieCount = isTie ? TieCount + 1 : 0;
        if (!isTie)
            _ties.Clear();
        if (isTie && _keepsTies)
            _ties.Add(pushedOut);
        else
            _spare = pushedOut;
    }

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
