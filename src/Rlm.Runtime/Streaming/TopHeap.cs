using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>The best so many items in one order, the earlier of equal ones, and those that tie with the last of them.</summary>
internal sealed class TopHeap
{
    private readonly int _count;
    private readonly bool _keepsTies;
    private readonly KeyOrder _order;
    private readonly Comparer<Candidate> _bestFirst;
    private readonly PriorityQueue<Candidate, Candidate> _taken;
    private readonly List<Candidate> _ties = [];

    public TopHeap(KeyReading reading, int count, bool keepsTies)
    {
        _count = count;
        _keepsTies = keepsTies;
        _order = new KeyOrder(reading, isDescending: true);
        _bestFirst = Comparer<Candidate>.Create((left, right) => _order.Compare(left.Key, right.Key) is var order and not 0 ? order : left.Place.CompareTo(right.Place));
        _taken = new PriorityQueue<Candidate, Candidate>(Comparer<Candidate>.Create((left, right) => _bestFirst.Compare(right, left)));
    }

    /// <summary>How many more tie with the last one taken.</summary>
    public long TieCount { get; private set; }

    /// <summary>The last one taken.</summary>
    public Value Last => _taken.Peek().Key.Value;

    public IEnumerable<Value> Items => _taken.UnorderedItems.Select(item => item.Element).Concat(_ties).Order(_bestFirst).Select(candidate => candidate.Item);

    /// <summary>Takes the current item if it is among the best. Its values are made only then.</summary>
    public void Offer(in KeyCell cell, RowExpression key, StageRows rows)
    {
        int order = _taken.Count < _count ? -1 : _order.Compare(cell, _taken.Peek().Key);
        if (order > 0)
            return;

        if (order == 0)
        {
            TieCount++;
            if (_keepsTies)
                _ties.Add(CandidateOf(cell, key, rows));
            return;
        }

        var candidate = CandidateOf(cell, key, rows);
        if (_taken.Count < _count)
        {
            _taken.Enqueue(candidate, candidate);
            return;
        }

        // What is pushed out ties only while the worst one taken still equals it.
        var pushedOut = _taken.DequeueEnqueue(candidate, candidate);
        bool isTie = _order.Compare(pushedOut.Key, _taken.Peek().Key) == 0;
        TieCount = isTie ? TieCount + 1 : 0;
        if (!isTie)
            _ties.Clear();
        else if (_keepsTies)
            _ties.Add(pushedOut);
    }

    private static Candidate CandidateOf(in KeyCell cell, RowExpression key, StageRows rows) =>
        new(rows.Reader.Item, OrderKey.Of(cell, key.Evaluate(rows)), rows.Index);

    private readonly record struct Candidate(Value Item, OrderKey Key, int Place);
}
