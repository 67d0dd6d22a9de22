using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The best so many items in one order, the earlier of equal ones, and those that tie with the last of them.</summary>
internal sealed class TopHeap
{
    private readonly int _count;
    private readonly bool _keepsTies;
    private readonly KeyReading _reading;
    private readonly KeyOrder _order;
    private readonly Comparer<Candidate> _bestFirst;
    private readonly PriorityQueue<Candidate, Candidate> _taken;
    private readonly List<Candidate> _ties = [];

    public TopHeap(KeyReading reading, int count, bool keepsTies)
    {
        _count = count;
        _keepsTies = keepsTies;
        _reading = reading;
        _order = new KeyOrder(reading, isDescending: true);
        _bestFirst = Comparer<Candidate>.Create(
            (left, right) => _order.Compare(left.Key, right.Key) is var order and not 0 ? order : left.Place.CompareTo(right.Place));
        _taken = new PriorityQueue<Candidate, Candidate>(Comparer<Candidate>.Create((left, right) => _bestFirst.Compare(right, left)));
    }

    /// <summary>How many more tie with the last one taken.</summary>
    public long TieCount { get; private set; }

    /// <summary>The last one taken.</summary>
    public Value Last => _taken.Peek().Key.Value;

    public IEnumerable<Value> Items =>
        _taken.UnorderedItems.Select(item => item.Element).Concat(_ties).Order(_bestFirst).Select(candidate => candidate.Item);

    /// <summary>Takes the current item if it is among the best. Its values are made only then.</summary>
    /// <param name="cell">The item's key.</param>
    /// <param name="total">How many keys that are not none there were so far; null where they are not all offered,
    /// as to the heap of a group.</param>
    /// <param name="key">What gives the key.</param>
    /// <param name="rows">The items.</param>
    public void Offer(in KeyCell cell, long? total, RowExpression key, StageRows rows)
    {
        // The order is taken only where more than half of all keys read so, which are more than are wanted then, and stand before all
        // others.
        if (total >= 2L * _count && !cell.Reads(_reading))
            return;

        int order = _taken.Count < _count ? -1 : _order.Compare(cell, _taken.Peek().Key);
        if (order <= 0)
            Take(cell, order, key, rows);
    }

    private void Take(in KeyCell cell, int order, RowExpression key, StageRows rows)
    {
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
        new(rows.Reader.Item, new OrderKey(cell, key.Evaluate(rows)), rows.Index);

    private sealed record Candidate(Value Item, OrderKey Key, int Place);
}
