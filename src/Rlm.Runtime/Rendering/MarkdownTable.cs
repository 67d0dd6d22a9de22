using System.Buffers;
using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Tables in GitHub's Markdown: pipes are escaped, line ends folded to blanks.</summary>
internal sealed class MarkdownTable : TableForm
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("|\n\r"u8);

    private MarkdownTable(Utf8Writer text) : base(text)
    {
    }

    /// <summary>A column for each field of any row, in order of appearance; without rows, for each that the type has.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="value">The rows.</param>
    /// <param name="type">The type of the list, for the columns of one without rows; null for no table then.</param>
    public static void Write(Utf8Writer text, Value value, RlmType? type) => new MarkdownTable(text).Write(value, type);

    public static string[] Header(RowColumns columns) =>
        [$"| {string.Join(" | ", columns.Names.Select(Escape))} |", $"|{string.Concat(Enumerable.Repeat("---|", columns.Names.Count))}"];

    /// <summary>An item's row with cells that are not whole.</summary>
    public static string Row(RowColumns columns, Value item, Func<Value, string> cellText) =>
        $"| {string.Join(" | ", columns.Names.Select((_, i) => Escape(cellText(columns.CellAt(item, i)))))} |";

    protected override void WriteHeader(RowColumns columns) => Text.Append(string.Join('\n', Header(columns)));

    protected override void BeginRow() => Text.Append("\n| ");

    protected override void BeginCell(int column) => Text.Append(column > 0 ? " | " : "");

    protected override void EndRow() => Text.Append(" |");

    protected override void WriteText(string cell) => Text.Append(Escape(cell));

    protected override bool IsPlain(ReadOnlySpan<byte> cell) => !cell.ContainsAny(Special);

    private static string Escape(string cell)
    {
        if (cell.AsSpan().IndexOfAny("|\n\r") < 0)
            return cell;

        var escaped = new StringBuilder(cell.ReplaceLineEndings(" "));
        return escaped.Replace("|", "\\|").ToString();
    }
}
