using System.Buffers;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A line for each item, with a tab between the cells of a row, in the columns of a table; no header.</summary>
internal sealed class TabbedTable : TableForm
{
    // And the bytes that other line ends begin with.
    private static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', (byte)'\f', 0xC2, 0xE2]);

    private bool _isFirst = true;

    private TabbedTable(Utf8Writer text) : base(text)
    {
    }

    /// <summary>A text without the line end that it ends with, a record as one row.</summary>
    public static void Write(Utf8Writer text, Value value)
    {
        var items = ValueRenderer.ItemsOf(value);
        if (ValueRenderer.HasRows(items))
            new TabbedTable(text).Write(value, null);
        else if (value is ListValue)
            ValueRenderer.WriteItems(text, items, "\n");
        else if ((value is RecordValue record ? ValueRenderer.TextOf(record) : value) is TextValue { Written: { Length: > 0 } written })
            text.Append(written.Source.GetSpan(written.End - 1, 1)[0] == '\n' ? written with { Length = written.Length - 1 } : written);
        else
            ValueRenderer.Write(text, value);
    }

    protected override void WriteHeader(RowColumns columns)
    {
    }

    protected override void BeginRow()
    {
        Text.Append(_isFirst ? "" : "\n");
        _isFirst = false;
    }

    protected override void BeginCell(int column) => Text.Append(column > 0 ? "\t" : "");

    protected override void EndRow()
    {
    }

    protected override void WriteText(string cell) => Text.Append(cell.ReplaceLineEndings(" ").Replace('\t', ' '));

    protected override bool IsPlain(ReadOnlySpan<byte> cell) => !cell.ContainsAny(Special);
}
