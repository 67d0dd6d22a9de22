using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A table for reading: columns as wide as what is in them, numbers to the right, a rule below the header.</summary>
internal static class AlignedTable
{
    private const int LeastColumns = 4;

    private const string Gap = "  ", Cut = "…";

    /// <param name="text">Where to.</param>
    /// <param name="items">The rows.</param>
    /// <param name="type">The type of the list, for the columns of one without rows.</param>
    /// <param name="maxColumns">The most columns of a terminal that a line takes: the widest are cut then. Null for no limit.</param>
    public static void Write(Utf8Writer text, IReadOnlyList<Value> items, RlmType type, int? maxColumns)
    {
        var columns = items.Count == 0 ? RowColumns.OfType(type) : RowColumns.Of(items);
        string[] header = [.. columns.Names.Select(TextOf)], cells = new string[header.Length];
        int[] widths = [.. header.Select(TextColumns.Count)];
        bool[] isRight = [.. header.Select(_ => items.Count > 0)];
        foreach (var item in items)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                var cell = columns.CellAt(item, i);
                widths[i] = Math.Max(widths[i], TextColumns.Count(TextOf(ValueRenderer.InTemplate(cell))));
                isRight[i] &= IsQuantity(cell);
            }
        }

        if (maxColumns is { } most)
            Fit(widths, most - (Gap.Length * (widths.Length - 1)));
        WriteLine(text, header, widths, isRight);
        text.Append('\n');
        WriteLine(text, [.. widths.Select(width => new string('-', width))], widths, isRight);
        foreach (var item in items)
        {
            for (int i = 0; i < cells.Length; i++)
                cells[i] = TextOf(ValueRenderer.InTemplate(columns.CellAt(item, i)));
            text.Append('\n');
            WriteLine(text, cells, widths, isRight);
        }
    }

    /// <summary>Takes from the widest columns, one after another, until all fit or none can give more.</summary>
    private static void Fit(int[] widths, int room)
    {
        int over = widths.Sum() - room;
        while (over > 0)
        {
            int widest = widths.Max();
            int[] those = [.. Enumerable.Range(0, widths.Length).Where(i => widths[i] == widest)];
            int next = Math.Max(LeastColumns, widths.Where(width => width < widest).DefaultIfEmpty(LeastColumns).Max());
            int step = Math.Min(widest - next, Math.Max(1, over / those.Length)), taken = Math.Min(those.Length, over);
            if (step <= 0)
                return;

            foreach (int i in those.Take(taken))
                widths[i] -= step;
            over -= step * taken;
        }
    }

    private static void WriteLine(Utf8Writer text, string[] cells, int[] widths, bool[] isRight)
    {
        var line = new StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = CutTo(cells[i], widths[i]);
            int blanks = widths[i] - TextColumns.Count(cell);
            line.Append(i > 0 ? Gap : "").Append(' ', isRight[i] ? blanks : 0).Append(cell).Append(' ', isRight[i] ? 0 : blanks);
        }

        text.Append(line.ToString().AsSpan().TrimEnd(' '));
    }

    private static string CutTo(string cell, int width)
    {
        if (TextColumns.Count(cell) <= width)
            return cell;

        int end = 0;
        for (int columns = 0; end < cell.Length;)
        {
            int behind = TextColumns.Behind(cell, end);
            columns += TextColumns.Count(cell[end..behind]);
            if (columns > width - 1)
                break;
            end = behind;
        }

        return cell[..end] + Cut;
    }

    private static bool IsQuantity(Value cell) => cell is NumberValue or DurationValue or NoneValue or FailedValue
        || cell is TextValue { Column.LooksNumeric: true };

    private static string TextOf(string cell) => cell.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? cell : cell.ReplaceLineEndings(" ").Replace('\t', ' ');
}
