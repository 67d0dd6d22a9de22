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

    public void Add(Value value)
    {
        if (_isOther || Reading.IsNone(value))
            return;

        if (value is not TextValue text || Reading.AsNumber(text) is null)
        {
            _isOther = true;
            return;
        }

        _isOfOneLength &= _length < 0 || _length == text.LengthBytes;
        _length = text.LengthBytes;
    }
}
