using System.IO.Hashing;
using System.Text;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>
/// An item or a field as a reader has it at hand: bytes, a number or a date of which no value need be made. It holds until the reader
/// moves.
/// </summary>
internal readonly ref struct Cell
{
    // A currency's sign takes three bytes.
    private const int MostSigns = 4;
    private const int LongestRun = 32;

    // A whole date would be a fourth word beside those of the number: four at once are copied by an instruction that is slow to begin.
    private readonly DateOnly _day;

    // All fields at once: a cell that is put together in a variable is written to the stack and copied from there.
    private Cell(CellKind kind, ReadOnlySpan<byte> text, ColumnReading? column, Value? value, decimal number, DateOnly day)
    {
        Kind = kind;
        Text = text;
        Column = column;
        Made = value;
        Number = number;
        _day = day;
    }

    public CellKind Kind { get; }

    /// <summary>The bytes; empty for anything but a text.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The value that it is of; null where none was made.</summary>
    public Value? Made { get; }

    /// <summary>The number; 0 for anything but one.</summary>
    public decimal Number { get; }

    /// <summary>The date; the first day of the calendar for anything else.</summary>
    public PointInTime Date => Made is DateValue date ? date.Point : PointInTime.OfDay(_day.ToDateTime(default));

    /// <summary>How a text reads, which its column decides; null for a text of no column, and for anything else.</summary>
    public ColumnReading? Column { get; }

    public static Cell OfText(ReadOnlySpan<byte> bytes, ColumnReading? column = null) =>
        new(CellKind.Text, bytes, column, null, 0, default);

    public static Cell OfNumber(decimal number) => new(CellKind.Number, default, null, null, number, default);

    public static Cell OfDay(DateTime day) => new(CellKind.Date, default, null, null, 0, DateOnly.FromDateTime(day));

    /// <summary>The cell of a value, of the kind of a number or date.</summary>
    public static Cell Of(Value value) => value switch
    {
        NumberValue { Number: { IsExact: true, InDecimal: var number } } => new(CellKind.Number, default, null, value, number, default),
        DateValue => new(CellKind.Date, default, null, value, 0, default),
        _ => new(CellKind.Value, default, (value as TextValue)?.Column, value, 0, default),
    };

    /// <summary>The number that it is or reads as; null for any other.</summary>
    public Number? AsNumber()
    {
        // What a switch gives would be copied once more.
        if (Kind == CellKind.Text)
            return (Column ?? ColumnReading.None).ReadNumber(Text);
        if (Kind == CellKind.Number)
            return Number;
        return Kind == CellKind.Date ? null : Reading.AsNumber(Made!);
    }

    /// <summary>The point in time that it is or reads as; null for any other.</summary>
    public PointInTime? AsDate() => Kind switch
    {
        CellKind.Date => Date,
        CellKind.Text => (Column ?? ColumnReading.None).ReadDate(Text),
        CellKind.Number => null,
        _ => Reading.AsDate(Made!)?.Point,
    };

    /// <summary>Whether it is none or failed.</summary>
    public bool IsNone => Kind == CellKind.Value && Reading.IsNone(Made!);

    /// <summary>Whether it is a text that says nothing.</summary>
    public bool IsBlank => Kind == CellKind.Text
        ? Text.IsEmpty || (Text[0] <= ' ' && Text.Trim(" \t\r\n"u8).IsEmpty)
        : Kind == CellKind.Value && Reading.IsBlank(Made!);

    /// <summary>
    /// How long the figures of a text are that begins with one, signs aside: code points order texts as their figures only where these are
    /// alike. 0 of anything else.
    /// </summary>
    public int FigureShape()
    {
        if (Kind == CellKind.Text)
            return FigureShape(Text);
        return Made is TextValue { LengthBytes: <= NumberText.LongestBytes } text
            ? FigureShape(Encoding.UTF8.GetBytes(text.ToString()))
            : 0;
    }

    private static int FigureShape(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, NumberText.LongestBytes)];
        int start = text.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start is < 0 or > MostSigns || text[..start].IndexOfAnyInRange((byte)'A', (byte)'z') >= 0)
            return 0;

        int shape = 0;
        for (text = text[start..]; !text.IsEmpty;)
        {
            int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;
            shape = (shape * LongestRun) + Math.Min(digits, LongestRun - 1);
            text = text[digits..];
            text = text.IndexOfAnyInRange((byte)'0', (byte)'9') is >= 0 and var next && shape < LongestRun * LongestRun * LongestRun
                ? text[next..]
                : default;
        }

        return shape;
    }

    /// <summary>The length of a text; 0 of anything else.</summary>
    public long LengthBytes => Kind == CellKind.Text ? Text.Length : (Made as TextValue)?.LengthBytes ?? 0;

    /// <summary>The order of two cells, as <see cref="ValueComparer"/> has it for their values.</summary>
    public int CompareTo(in Cell other, ValueComparer comparer) => (Kind, other.Kind) switch
    {
        (CellKind.Number, CellKind.Number) => comparer.ApplySign(Number.CompareTo(other.Number)),
        (CellKind.Date, CellKind.Date) => comparer.ApplySign(PointInTime.Order(Date, other.Date)),
        (CellKind.Text, CellKind.Text) => comparer.ApplySign(Text.SequenceCompareTo(other.Text)),
        (CellKind.Text, CellKind.Value) when other.Made is TextValue text => comparer.ApplySign(-TextBytes.Compare(text, Text)),
        (CellKind.Value, CellKind.Text) when Made is TextValue text => comparer.ApplySign(TextBytes.Compare(text, other.Text)),
        _ => comparer.Compare(ToValue(), other.ToValue()),
    };

    /// <summary>The hash of the value's <see cref="ValueKey"/>.</summary>
    public int KeyHash() => Kind switch
    {
        CellKind.Number => ((Number)Number).GetHashCode(),
        CellKind.Date => Date.KeyHash(),
        CellKind.Text => XxHash3.HashToUInt64(Text).GetHashCode(),
        _ => new ValueKey(Made!).GetHashCode(),
    };

    /// <summary>Whether it is the value of a key.</summary>
    public bool IsKey(ValueKey key) => Kind switch
    {
        CellKind.Number => key.Value is NumberValue number && number.Number == Number,
        CellKind.Date => key.Value is DateValue date && PointInTime.AreSame(date.Point, Date),
        CellKind.Text => key.Value is TextValue text && TextBytes.Equal(text, Text),
        _ => new ValueKey(Made!).Equals(key),
    };

    /// <summary>A value equal to the cell's; a text's comes from no place.</summary>
    public Value ToValue() => Kind switch
    {
        CellKind.Number => Made ?? new NumberValue(Number),
        CellKind.Date => Made ?? new DateValue(Date),
        CellKind.Text => new TextValue(Encoding.UTF8.GetString(Text)) { Column = Column },
        _ => Made!,
    };
}
