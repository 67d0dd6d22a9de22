using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>
/// One key of a sort. All values are looked at before it is known what they are ordered as; those that are all numbers are kept at once, all
/// others when the items are read again.
/// </summary>
/// <param name="key">The key; null for the item itself.</param>
/// <param name="isDescending">Whether the greatest comes first.</param>
internal sealed class SortColumn(BoundExpression? key, bool isDescending)
{
    private readonly KeyVote _vote = new();
    private readonly List<Number> _numbers = [];
    private readonly List<OrderKey> _keys = [];
    private RowExpression? _expression;
    private KeyOrder? _order;
    private bool _hasMissing;

    /// <summary>Whether all keys are at hand.</summary>
    public bool IsReady => !_hasMissing && _vote.HasOnlyNumbers;

    public void Begin(StageRows rows) => _expression = rows.Expression(key);

    /// <summary>Looks at the current item's key.</summary>
    public void Add(StageRows rows)
    {
        var cell = new KeyCell(Read(rows));
        _hasMissing |= cell.IsMissing;
        _vote.Add(cell);
        if (IsReady)
            _numbers.Add(cell.Number!.Value);
    }

    /// <summary>Keeps the current item's key, once it is known what it is ordered as.</summary>
    public void AddAgain(StageRows rows)
    {
        if (IsReady)
            return;

        var value = key is null ? Scalar(rows.Reader.Item) : _expression!.Evaluate(rows);
        var cell = new KeyCell(Cell.Of(value));
        var reading = _vote.Reading;
        bool isRead = reading == KeyReading.Number ? cell.Number is not null : reading == KeyReading.Date && cell.Time is not null;
        _keys.Add(isRead ? new OrderKey(NoneValue.Instance, cell.Number, cell.Time, IsMissing: false) : new OrderKey(OrderKey.Keep(value), null, null, cell.IsMissing));
    }

    public void Note(string stage, Evaluation evaluation) => _vote.Note(stage, evaluation);

    /// <summary>The order of the items at two places.</summary>
    public int Compare(int left, int right)
    {
        if (IsReady)
            return isDescending ? _numbers[right].CompareTo(_numbers[left]) : _numbers[left].CompareTo(_numbers[right]);

        _order ??= new KeyOrder(_vote.Reading, isDescending);
        return _order.Compare(_keys[left], _keys[right]);
    }

    private Cell Read(StageRows rows) => key is null && rows.Reader.Cell is { Kind: CellKind.Value } cell && cell.ToValue() is RecordValue ? Cell.Of(Scalar(rows.Reader.Item)) : _expression!.Read(rows);

    /// <summary>A row that stands for its text or value sorts as that.</summary>
    private static Value Scalar(Value item) => item is RecordValue ? Reading.AsText(item) ?? item : item;
}
