namespace Rlm.Runtime.Values;

/// <summary>
/// Values that are compared with each other, as the keys of a sort or both sides of a join. Comparing two at a time is not
/// transitive where texts and numbers mix (9 &lt; "10", "10" &lt; "9"), so the column decides once: beside numbers every text that
/// reads as one is a number, beside dates a date.
/// </summary>
internal sealed class ValueColumn
{
    private bool _hasNumbers;
    private bool _hasDates;
    private bool _hasTexts;

    /// <summary>Whether a text is what it is, not the number or date that it reads as.</summary>
    public bool KeepsTexts => !_hasNumbers && !_hasDates;

    public void Add(Value value) => Add(ValueKinds.Of(value));

    /// <summary>Adds values of one kind.</summary>
    public void Add(ValueKind kind)
    {
        _hasNumbers |= kind == ValueKind.Number;
        _hasDates |= kind == ValueKind.Date;
        _hasTexts |= kind == ValueKind.Text;
    }

    public Value Read(Value value)
    {
        if (!_hasTexts || value is not TextValue)
            return value;

        if (_hasNumbers && Reading.AsNumber(value) is { } number)
            return new NumberValue(number);

        return _hasDates && Reading.AsDate(value) is { } date ? date : value;
    }
}
