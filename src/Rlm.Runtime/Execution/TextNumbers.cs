using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Finds out whether values that are ordered as texts all read as numbers, whose order is another ("10" before "9").</summary>
internal sealed class TextNumbers
{
    private bool _isOther;
    private bool _isOfOneLength = true;
    private long _length = -1;

    /// <summary>Whether there were texts of several lengths, all of them numbers, and nothing else but none.</summary>
    public bool AreCompared => !_isOther && !_isOfOneLength;

    /// <summary>Adds the value of a cell.</summary>
    public void Add(Cell cell)
    {
        if (_isOther)
            return;
        if (cell.Kind == CellKind.Text && cell.AsNumber() is not null)
            AddLength(cell.Text.Length);
        else if (cell.Kind == CellKind.Value)
            Add(cell.ToValue());
        else
            _isOther = true;
    }

    public void Add(Value value)
    {
        if (_isOther || Reading.IsNone(value))
            return;

        if (value is not TextValue text || Reading.AsNumber(text) is null)
        {
            _isOther = true;
            return;
        }

        AddLength(text.LengthBytes);
    }

    private void AddLength(long length)
    {
        _isOfOneLength &= _length < 0 || _length == length;
        _length = length;
    }
}
