using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Finds out whether values that are compared two at a time are texts that read as numbers, which have another order as texts ("10" before "9").</summary>
internal sealed class TextNumbers
{
    private bool _hasTexts;
    private bool _hasNumbers;
    private bool _isOther;
    private bool _isOfOneLength = true;
    private long _length = -1;

    /// <summary>Whether there were texts of several lengths, all of them numbers, and nothing else but none.</summary>
    public bool AreCompared => !_isOther && !_hasNumbers && !_isOfOneLength;

    /// <summary>Whether there were numbers beside several such texts, so that the order depends on which meet: 9 before "10", and "10" before "9".</summary>
    public bool AreMixed => _hasTexts && _hasNumbers && !_isOfOneLength;

    /// <summary>Adds the value of a cell.</summary>
    public void Add(Cell cell)
    {
        if (_isOther)
            return;
        if (cell.Kind == CellKind.Number)
            _hasNumbers = true;
        else if (cell.Kind == CellKind.Text && cell.AsNumber() is not null)
            AddText(cell.Text.Length);
        else if (cell.Kind == CellKind.Value)
            Add(cell.ToValue());
        else
            _isOther = true;
    }

    public void Add(Value value)
    {
        if (_isOther || Reading.IsNone(value))
            return;

        if (value is NumberValue)
            _hasNumbers = true;
        else if (value is TextValue text && Reading.AsNumber(text) is not null)
            AddText(text.LengthBytes);
        else
            _isOther = true;
    }

    private void AddText(long length)
    {
        _hasTexts = true;
        _isOfOneLength &= _length < 0 || _length == length;
        _length = length;
    }
}
