using System.Buffers;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>
/// CSV by RFC 4180 with a header and LF line ends; none and failed items are empty cells, dates are ISO 8601, durations seconds.
/// </summary>
internal sealed class CsvTable : TableForm
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\n\r"u8);

    private long _start;

    private CsvTable(Utf8Writer text) : base(text)
    {
    }

    /// <param name="text">Where to.</param>
    /// <param name="value">The rows.</param>
    /// <param name="type">The type of the list, for the columns of one without rows.</param>
    public static void Write(Utf8Writer text, Value value, RlmType type) => new CsvTable(text).Write(value, type);

    protected override void WriteHeader(RowColumns columns) => Text.Append(string.Join(',', columns.Names.Select(Quote)));

    protected override void BeginRow()
    {
        Text.Append('\n');
        _start = Text.LengthBytes;
    }

    protected override void BeginCell(int column)
    {
        if (column > 0)
            Text.Append(',');
    }

    protected override void EndRow()
    {
        // An empty line would be no row.
        if (Text.LengthBytes == _start)
            Text.Append("\"\"");
    }

    protected override void WriteText(string cell) => Text.Append(Quote(cell));

    protected override bool IsPlain(ReadOnlySpan<byte> cell) => cell.IsEmpty
        || (IsSeen(cell[0]) && IsSeen(cell[^1]) && !cell.ContainsAny(Special));

    protected override string TextOf(Value cell) => cell switch
    {
        NoneValue or FailedValue => "",
        NumberValue number => number.ToExact(),
        DateValue date => date.Point.ToIso(),
        DurationValue duration => ScalarText.Seconds(duration.Duration),
        _ => base.TextOf(cell),
    };

    /// <summary>Whether the first or last byte of a cell is of no blank.</summary>
    private static bool IsSeen(byte value) => value is > (byte)' ' and < 0x80;

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 && cell == cell.Trim()
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
