using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>The keys of a sort: of which item they are written, and what all of them are ordered as.</summary>
internal sealed class SortKeys
{
    private readonly RowExpression[] _expressions;
    private readonly bool[] _areDescending;
    private readonly KeyVote[] _votes;
    private readonly ValueWriter _keys;
    private readonly ValueWriter _item;

    /// <param name="orders">The keys; none for the item itself.</param>
    /// <param name="rows">The items.</param>
    public SortKeys(IReadOnlyList<BoundOrder> orders, StageRows rows)
    {
        _expressions = orders.Count == 0 ? [rows.SortKey(null)] : [.. orders.Select(order => rows.SortKey(order.Key))];
        _areDescending = orders.Count == 0 ? [false] : [.. orders.Select(order => order.Descending)];
        _votes = [.. _expressions.Select(_ => new KeyVote())];
        _keys = new ValueWriter(Objects);
        _item = new ValueWriter(Objects);
    }

    /// <summary>What the items share.</summary>
    public PackedObjects Objects { get; } = new();

    /// <summary>The order that the items so far have.</summary>
    public SortOrder Order => new([.. _votes.Select(vote => vote.Reading)], _areDescending, Objects);

    /// <summary>Begins the current item with its keys; what is made of it is written behind them.</summary>
    public ValueWriter Write(StageRows rows)
    {
        _keys.Clear();
        for (int i = 0; i < _expressions.Length && !rows.IsApart; i++)
        {
            var cell = _expressions[i].Read(rows);
            _votes[i].Add(new KeyCell(cell));
            PackedKey.Write(_keys, cell, PackedKey.NeedsValue(cell) ? _expressions[i].Evaluate(rows) : null);
        }

        _item.Clear();
        _item.WriteNumber(((ulong)_keys.Length << 1) | (rows.IsApart ? 1UL : 0));
        _item.WriteBytes(_keys.Written);
        return _item;
    }

    /// <summary>Notes what could not be ordered with the others.</summary>
    public void Note(string stage, EvaluationContext evaluation)
    {
        foreach (var vote in _votes)
            vote.Note(stage, evaluation);
    }
}
