using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>The least or greatest value, the first of equal ones.</summary>
internal sealed class ExtremeFold(string name, ValueComparer comparer) : Fold(name)
{
    private readonly TextNumbers _textNumbers = new();
    private Value? _best;

    protected override string? Remark =>
        _textNumbers.AreCompared ? $"the values are texts that read as numbers and compare as texts; write `{Name} number(…)`"
        : _textNumbers.AreMixed ? $"the values are numbers and texts that read as numbers, and the result depends on which meet; write `{Name} number(…)`" : null;

    protected override bool TryAdd(Value value)
    {
        value = ListValue.Settled(value);
        _textNumbers.Add(value);
        if (_best is null || comparer.Compare(value, _best) < 0)
            _best = value;
        return true;
    }

    protected override bool TryAdd(decimal number)
    {
        _textNumbers.Add(Cell.OfNumber(number));
        if (_best is not NumberValue best || comparer.Signed(number.CompareTo(best.Number)) < 0)
            return TryAdd(new NumberValue(number));
        return true;
    }

    protected override Value Result() => _best ?? NoneValue.Instance;
}
