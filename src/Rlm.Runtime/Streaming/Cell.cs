using System.IO.Hashing;
using System.Text;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>An item or a field as a reader has it at hand: bytes, a number or a date of which no value need be made. It holds until the reader moves.</summary>
internal readonly ref struct Cell
{
    private Cell(CellKind kind) => Kind = kind;

    public CellKind Kind { get; }

    /// <summary>The bytes; empty for anything but a text.</summary>
    public ReadOnlySpan<byte> Text { get; private init; }

    /// <summary>The number; 0 for anything but one.</summary>
    public decimal Number { get; private init; }

    /// <summary>The date; the least one for anything else.</summary>
    public PointInTime Date { get; private init; }

    /// <summary>How a text reads, which its column decides; null for a text of no column, and for anything else.</summary>
    public ColumnReading? Column { get; private init; }

    private Value? MadeValue { get; init; }

    public static Cell OfText(ReadOnlySpan<byte> bytes, ColumnReading? column = null) => new(CellKind.Text) { Text = bytes, Column = column };

    public static Cell OfNumber(decimal number) => new(CellKind.Number) { Number = number };

    public static Cell OfDate(PointInTime date) => new(CellKind.Date) { Date = date };

    /// <summary>The cell of a value, of the kind of a number or date.</summary>
    public static Cell Of(Value value) => value switch
    {
        NumberValue { Number: { IsExact: true, InDecimal: var number } } => new(CellKind.Number) { Number = number, MadeValue = value },
        DateValue date => new(CellKind.Date) { Date = date.Point, MadeValue = date },
        _ => new(CellKind.Value) { MadeValue = value, Column = (value as TextValue)?.Column },
    };

    /// <summary>The number that it is or reads as; null for any other.</summary>
    public Number? AsNumber() => Kind switch
    {
        CellKind.Number => Number,
        CellKind.Text => (Column ?? ColumnReading.None).ReadNumber(Text),
        CellKind.Date => null,
        _ => Reading.AsNumber(MadeValue!),
    };

    /// <summary>The point in time that it is or reads as; null for any other.</summary>
    public PointInTime? AsDate() => Kind switch
    {
        CellKind.Date => Date,
        CellKind.Text => (Column ?? ColumnReading.None).ReadDate(Text),
        CellKind.Number => null,
        _ => Reading.AsDate(MadeValue!)?.Point,
    };

    /// <summary>Whether it is none or failed.</summary>
    public bool IsNone => Kind == CellKind.Value && Reading.IsNone(MadeValue!);

    /// <summary>Whether it is a text that says nothing.</summary>
    public bool IsBlank => Kind == CellKind.Text ? Text.IsEmpty || (Text[0] <= ' ' && Text.Trim(" \t\r\n"u8).IsEmpty) : Kind == CellKind.Value && Reading.IsBlank(MadeValue!);

    /// <summary>How many digits a text begins with; 0 of anything else.</summary>
    public int LeadingDigits()
    {
        if (Kind == CellKind.Text)
            return Text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var digits ? digits : Text.Length;
        return MadeValue is TextValue { LengthBytes: <= NumberText.LongestBytes } text && text.ToString() is var written
            ? written.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var count ? count : written.Length
            : 0;
    }

    /// <summary>The length of a text; 0 of anything else.</summary>
    public long LengthBytes => Kind == CellKind.Text ? Text.Length : (MadeValue as TextValue)?.LengthBytes ?? 0;

    /// <summary>The order of the cell and a value, as <see cref="ValueComparer"/> has it for the cell's value.</summary>
    public int CompareTo(Value other, ValueComparer comparer) => (Kind, other) switch
    {
        (CellKind.Number, NumberValue number) => comparer.Signed(((Number)Number).CompareTo(number.Number)),
        (CellKind.Date, DateValue date) => comparer.Signed(PointInTime.Order(Date, date.Point)),
        (CellKind.Text, TextValue text) => comparer.Signed(-TextBytes.Compare(text, Text)),
        _ => comparer.Compare(ToValue(), other),
    };

    /// <summary>The hash of the value's <see cref="ValueKey"/>.</summary>
    public int KeyHash() => Kind switch
    {
        CellKind.Number => ((Number)Number).GetHashCode(),
        CellKind.Date => Date.KeyHash(),
        CellKind.Text => XxHash3.HashToUInt64(Text).GetHashCode(),
        _ => new ValueKey(MadeValue!).GetHashCode(),
    };

    /// <summary>Whether it is the value of a key.</summary>
    public bool IsKey(ValueKey key) => Kind switch
    {
        CellKind.Number => key.Value is NumberValue number && number.Number == Number,
        CellKind.Date => key.Value is DateValue date && PointInTime.AreSame(date.Point, Date),
        CellKind.Text => key.Value is TextValue text && TextBytes.Equal(text, Text),
        _ => new ValueKey(MadeValue!).Equals(key),
    };

    /// <summary>A value equal to the cell's; a text's comes from no place.</summary>
    public Value ToValue() => Kind switch
    {
        CellKind.Number => MadeValue ?? new NumberValue(Number),
        CellKind.Date => MadeValue ?? new DateValue(Date),
        CellKind.Text => new TextValue(Encoding.UTF8.GetString(Text)) { Column = Column },
        _ => MadeValue!,
    };
}
