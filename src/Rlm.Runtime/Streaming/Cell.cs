using System.IO.Hashing;
using System.Text;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>An item or a field as a reader has it at hand: bytes or a number of which no value need be made. It holds until the reader moves.</summary>
internal readonly ref struct Cell
{
    private readonly Value? _value;

    private Cell(CellKind kind, ReadOnlySpan<byte> text, decimal number, Value? value)
    {
        Kind = kind;
        Text = text;
        Number = number;
        _value = value;
    }

    public CellKind Kind { get; }

    /// <summary>The bytes; empty for anything but a text.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The number; 0 for anything but one.</summary>
    public decimal Number { get; }

    public static Cell OfText(ReadOnlySpan<byte> bytes) => new(CellKind.Text, bytes, 0, null);

    public static Cell OfNumber(decimal number) => new(CellKind.Number, default, number, null);

    /// <summary>The cell of a value; that of a number is one of a number.</summary>
    public static Cell Of(Value value) => value is NumberValue number ? OfNumber(number.Number) : new Cell(CellKind.Value, default, 0, value);

    /// <summary>The number that it is or reads as; null for any other.</summary>
    public decimal? AsNumber() => Kind switch
    {
        CellKind.Number => Number,
        CellKind.Text => Reading.AsNumber(Text),
        _ => Reading.AsNumber(_value!),
    };

    /// <summary>The order of the cell and a value, as <see cref="ValueComparer"/> has it for the cell's value.</summary>
    public int CompareTo(Value other, ValueComparer comparer) => (Kind, other) switch
    {
        (CellKind.Number, NumberValue number) => comparer.Signed(Number.CompareTo(number.Number)),
        (CellKind.Text, TextValue text) => comparer.Signed(-TextBytes.Compare(text, Text)),
        _ => comparer.Compare(ToValue(), other),
    };

    /// <summary>The hash of the value's <see cref="ValueKey"/>.</summary>
    public int KeyHash() => Kind switch
    {
        CellKind.Number => Number.GetHashCode(),
        CellKind.Text => XxHash3.HashToUInt64(Text).GetHashCode(),
        _ => new ValueKey(_value!).GetHashCode(),
    };

    /// <summary>Whether it is the value of a key.</summary>
    public bool IsKey(ValueKey key) => Kind switch
    {
        CellKind.Number => key.Value is NumberValue number && number.Number == Number,
        CellKind.Text => key.Value is TextValue text && TextBytes.Equal(text, Text),
        _ => new ValueKey(_value!).Equals(key),
    };

    /// <summary>A value equal to the cell's; a text's comes from no place.</summary>
    public Value ToValue() => Kind switch
    {
        CellKind.Number => new NumberValue(Number),
        CellKind.Text => new TextValue(Encoding.UTF8.GetString(Text)),
        _ => _value!,
    };
}
