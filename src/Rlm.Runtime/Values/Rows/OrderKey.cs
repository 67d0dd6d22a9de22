using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>What is ordered among others, and what it reads as: a cell that stays when its reader moves.</summary>
internal sealed class OrderKey
{
    private const int MostBytes = 1024;

    private Number? _number;
    private PointInTime? _time;
    private CellKind _kind;
    private byte[] _bytes = [];
    private int _length;
    private ColumnReading? _column;
    private Value? _value;

    public OrderKey()
    {
    }

    /// <summary>The key of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">Its value, which a long text is kept by.</param>
    public OrderKey(in KeyCell cell, Value value) => Set(cell, value);

    /// <summary>The cell.</summary>
    public Cell Cell => _value is not null ? Cell.Of(_value)
        : _kind == CellKind.Number ? Cell.OfNumber(_number!.Value.InDecimal)
        : Cell.OfText(_bytes.AsSpan(0, _length), _column);

    /// <summary>The number that it is or reads as.</summary>
    public ref readonly Number? Number => ref _number;

    /// <summary>The point in time that it is or reads as.</summary>
    public ref readonly PointInTime? Time => ref _time;

    /// <summary>Whether there is nothing to order: none, or a blank text.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>The value with the bytes of a short text, so that comparing does not read its source again and again.</summary>
    public static Value Keep(Value value)
    {
        (value as TextValue)?.KeepBytes();
        return ListValue.Keep(value);
    }

    /// <summary>Whether a cell is kept by its value, as a long text is.</summary>
    public static bool NeedsValue(in Cell cell) => cell.Kind is CellKind.Value or CellKind.Date || cell.Text.Length > MostBytes;

    /// <summary>Takes the place of what it was before.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">Its value; null for one that does not need it.</param>
    public void Set(in KeyCell cell, Value? value)
    {
        (_number, _time, IsMissing) = (cell.Number, cell.Time, cell.IsMissing);
        _kind = cell.Cell.Kind;
        _value = null;
        if (NeedsValue(cell.Cell))
            _value = Keep(value!);
        else if (_kind == CellKind.Text)
            Set(cell.Cell.Text, cell.Cell.Column);
    }

    /// <summary>Becomes the same as another.</summary>
    public void Set(OrderKey other)
    {
        (_number, _time, IsMissing) = (other._number, other._time, other.IsMissing);
        (_kind, _value) = (other._kind, other._value);
        Set(other._bytes.AsSpan(0, other._length), other._column);
    }

    private void Set(ReadOnlySpan<byte> bytes, ColumnReading? column)
    {
        if (_bytes.Length < bytes.Length)
            _bytes = new byte[Math.Max(bytes.Length, 2 * _bytes.Length)];
        bytes.CopyTo(_bytes);
        (_length, _column) = (bytes.Length, column);
    }
}
