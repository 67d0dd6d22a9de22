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
    public int Count => expressions.Length;

    /// <summary>The keys of the item that was looked at last, until the next is.</summary>
    public OrderKey[] Current { get; } = [.. expressions.Select(_ => new OrderKey())];

    /// <summary>How many first keys that are not none there were so far.</summary>
    public long Total => _votes[0].Total;

    /// <summary>What a key is ordered as, by all that was looked at.</summary>
    public KeyReading ReadingOf(int key) => _votes[key].Reading;

    /// <summary>Looks at the current item's keys.</summary>
    public void Look(StageRows rows)
    {
        bool isApart = rows.IsApart;
        for (int i = 0; i < expressions.Length; i++)
        {
            var cell = new KeyCell(isApart ? Cell.Of(Apart) : expressions[i].Read(rows));
            _votes[i].Add(cell);
            Current[i].Set(cell, OrderKey.IsLong(cell.Cell) ? expressions[i].Evaluate(rows) : null);
        }
    }

    /// <summary>Notes what could not be ordered with the others.</summary>
    public void Note(string stage, EvaluationContext evaluation)
    {
        foreach (var vote in _votes)
            vote.Note(stage, evaluation);
    }
}
