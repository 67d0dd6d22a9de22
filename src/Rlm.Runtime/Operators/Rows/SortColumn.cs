using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// One key of a sort. All values are looked at before it is known what they are ordered as; those that are all numbers are kept at once,
/// all others when the items are read again.
/// </summary>
/// <param name="key">The key; null for the item itself.</param>
/// <param name="isDescending">Whether the greatest comes first.</param>
internal sealed class SortColumn(BoundExpression? key, bool isDescending)
{
    private readonly KeyVote _vote = new();
    private readonly ValueComparer _comparer = isDescending ? ValueComparer.Descending : ValueComparer.Ascending;
    private readonly List<Number> _numbers = [];
    private readonly List<(Place Place, Value Value)> _keys = [];
    private RowExpression? _expression;
    private bool _hasMissing;

    /// <summary>Where keys stand either way, as <see cref="KeyOrder"/> has it.</summary>
    private enum Place : byte
    {
        /// <summary>What is or reads as that which the keys are ordered as.</summary>
        Read,

        /// <summary>Other values, and all where they are ordered as they are.</summary>
        Other,

        /// <summary>Nothing to order among what is read.</summary>
        Missing,
    }

    /// <summary>Whether all keys are at hand.</summary>
    public bool IsReady => !_hasMissing && _vote.HasOnlyNumbers;

    public void Begin(StageRows rows) => _expression = rows.SortKey(key);

    /// <summary>Looks at the current item's key.</summary>
    public void Add(StageRows rows)
    {
        var cell = new KeyCell(_expression!.Read(rows));
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

        var value = _expression!.Evaluate(rows);
        var cell = new KeyCell(Cell.Of(value));
        _keys.Add(_vote.Reading switch
        {
            KeyReading.Number when cell.Number is { } number => (Place.Read, value as NumberValue ?? new NumberValue(number)),
            KeyReading.Date when cell.Time is { } time => (Place.Read, value as DateValue ?? new DateValue(time)),
            KeyReading.Number or KeyReading.Date when cell.IsMissing => (Place.Missing, NoneValue.Instance),
            _ => (Place.Other, OrderKey.Keep(value)),
        });
    }

    public void Note(string stage, EvaluationContext evaluation) => _vote.Note(stage, evaluation);

    /// <summary>The order of the items at two places.</summary>
    public int Compare(int left, int right)
    {
        if (IsReady)
            return isDescending ? _numbers[right].CompareTo(_numbers[left]) : _numbers[left].CompareTo(_numbers[right]);

        var (place, value) = _keys[left];
        var (otherPlace, other) = _keys[right];
        return place != otherPlace ? place.CompareTo(otherPlace) : _comparer.Compare(value, other);
    }
}
