using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The keys of items that are ordered, of which it is known only at the end what they are ordered as.</summary>
/// <param name="expressions">What gives each key.</param>
internal sealed class OrderedKeys(RowExpression[] expressions)
{
    /// <summary>The key of rows that stand apart, behind all others.</summary>
    private static readonly FailedValue Apart = new("");

    private readonly KeyVote[] _votes = [.. expressions.Select(_ => new KeyVote())];
    private readonly OrderKey[] _current = [.. expressions.Select(_ => new OrderKey())];
    private bool _isApart;

    public int Count => expressions.Length;

    /// <summary>How many first keys that are not none there were so far.</summary>
    public long Total => _votes[0].Total;

    /// <summary>What a key is ordered as, by all that was looked at.</summary>
    public KeyReading ReadingOf(int key) => _votes[key].Reading;

    /// <summary>Looks at the current item's keys; gives the first.</summary>
    public KeyCell Look(StageRows rows)
    {
        _isApart = rows.IsApart;
        var first = CellOf(0, rows);
        _votes[0].Add(first);
        for (int i = 1; i < expressions.Length; i++)
            _votes[i].Add(CellOf(i, rows));
        return first;
    }

    /// <summary>The current item's keys, until the next are asked for.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">The items.</param>
    public OrderKey[] Keep(in KeyCell first, StageRows rows)
    {
        Keep(0, first, rows);
        for (int i = 1; i < _current.Length; i++)
            Keep(i, CellOf(i, rows), rows);
        return _current;
    }

    /// <summary>Notes what could not be ordered with the others.</summary>
    public void Note(string stage, EvaluationContext evaluation)
    {
        foreach (var vote in _votes)
            vote.Note(stage, evaluation);
    }

    private void Keep(int key, in KeyCell cell, StageRows rows) =>
        _current[key].Set(cell, !OrderKey.NeedsValue(cell.Cell) ? null : _isApart ? Apart : expressions[key].Evaluate(rows));

    private KeyCell CellOf(int key, StageRows rows) => new(_isApart ? Cell.Of(Apart) : expressions[key].Read(rows));
}
