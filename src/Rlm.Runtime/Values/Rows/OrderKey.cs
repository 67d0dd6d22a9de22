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
    public OrderKey(in KeyCell cell, Value value)
    {
        Set(cell, value);
        Keep();
    }

    /// <summary>The cell.</summary>
    public Cell Cell => _value is not null ? Cell.Of(_value)
        : _kind == CellKind.Number ? Cell.OfNumber(_number!.Value.InDecimal)
        : _kind == CellKind.Date ? Cell.OfDay(_time!.Value.Clock)
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

    /// <summary>Whether a cell is a long text, of which the value is needed.</summary>
    public static bool IsLong(in Cell cell) => cell.Text.Length > MostBytes;

    /// <summary>Whether it is or reads as what an order is of.</summary>
    public bool Reads(KeyReading reading) => reading switch
    {
        KeyReading.Number => _number.HasValue,
        KeyReading.Date => _time.HasValue,
        _ => true,
    };

    /// <summary>Takes the place of what it was before, until the cell's reader moves.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">The value of a long text; null for any other.</param>
    public void Set(in KeyCell cell, Value? value)
    {
        _number = cell.Number;
        _time = cell.Time;
        IsMissing = cell.IsMissing;
        _kind = cell.Cell.Kind;
        _value = IsLong(cell.Cell) ? value : _kind is CellKind.Value or CellKind.Date ? cell.Cell.Made : null;
        Set(_value is null ? cell.Cell.Text : default, cell.Cell.Column);
    }

    /// <summary>Becomes the same as another, to stay.</summary>
    public void Set(OrderKey other)
    {
        _number = other._number;
        _time = other._time;
        IsMissing = other.IsMissing;
        _kind = other._kind;
        _value = other._value;
        Set(other._bytes.AsSpan(0, other._length), other._column);
        Keep();
    }

    /// <summary>Stays when the reader moves.</summary>
    public void Keep()
    {
        if (_value is not null)
            _value = Keep(_value);
    }

    /// <summary>The order of two keys as they are.</summary>
    public int CompareTo(OrderKey other, ValueComparer comparer) =>
        _kind == CellKind.Text && other._kind == CellKind.Text && _value is null && other._value is null
            ? comparer.ApplySign(_bytes.AsSpan(0, _length).SequenceCompareTo(other._bytes.AsSpan(0, other._length)))
            : Cell.CompareTo(other.Cell, comparer);

    private void Set(ReadOnlySpan<byte> bytes, ColumnReading? column)
    {
        if (_bytes.Length < bytes.Length)
            _bytes = new byte[Math.Max(bytes.Length, 2 * _bytes.Length)];
        bytes.CopyTo(_bytes);
        (_length, _column) = (bytes.Length, column);
    }
}
