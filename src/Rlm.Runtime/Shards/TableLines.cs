using System.Text;
using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Remote;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards;

/// <summary>
/// Keeps once the rows of a table that say the same to a fold, and counts the others. What tells how the table is written, and every line that is not
/// plainly a row, is kept as it is.
/// </summary>
/// <param name="share">The share.</param>
/// <param name="fields">The columns that somebody asks for.</param>
/// <param name="isTabbed">Whether tabs are known to part cells.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class TableLines(TextShare share, IReadOnlyList<string> fields, bool isTabbed, CancellationToken cancellationToken)
{
    /// <summary>More than is read of a table to tell its dialect and its columns, so that what is kept has all of that.</summary>
    public const long SampleBytes = DelimitedSchema.MaxBytes + (4 * 1024);

    private const int MaxLineBytes = 16 * 1024 * 1024;

    /// <summary>Adds the lines; false where a row may be of several lines, or a cell means something else at another place.</summary>
    /// <param name="add">Takes each line that is kept.</param>
    /// <param name="alike">Takes how many others say the same as a line, by where it begins.</param>
    public bool TryAddAll(Action<TextSlice> add, Dictionary<long, long> alike)
    {
        var source = share.Slice.Source;
        var dialect = DelimitedDialect.Of(source.Whole, isTabbed, cancellationToken);
        if (dialect.EndsAtCr || DelimitedSchema.Of(dialect, cancellationToken) is not { } schema || !StartsWithARow(dialect))
            return false;

        int[] columns = [.. fields.Select(field => IndexOf(schema.Names, field))];
        if (columns.Contains(-1))
            return false;

        var rows = new AlikeLines(add, alike);
        var cells = new DelimitedCells(dialect.Delimiter);
        using var lines = new LineScanner(share.Slice, cancellationToken);
        while (lines.MoveNext())
        {
            cells.Clear();
            var fault = lines.Length > MaxLineBytes ? DelimitedFault.TooLong : cells.Split(lines.Bytes, 0, isOpen: false, dialect.IsEscaped);
            bool fits = fault == DelimitedFault.None && cells.Count == schema.Names.Count;
            // Where such a row ends, and with it what follows, is for who reads the whole table.
            if (fault is DelimitedFault.UnclosedQuote or DelimitedFault.TooLong || (!fits && cells.HasBackslashes))
                return false;

            if (!fits || cells.HasBackslashes || lines.IsBlank || lines.Start < SampleBytes
                || RuleLine.Is(lines.Bytes, dialect.Delimiter, isBelowHeader: false, isOneColumn: schema.Names.Count == 1))
            {
                add(lines.Slice);
                continue;
            }

            foreach (int column in columns)
            {
                var cell = cells.Cells[column];
                var written = lines.Bytes.Slice(cell.Start, cell.Length);
                if (cell.IsMissing)
                    rows.AppendMissing();
                else if (!rows.TryAppend(cell.HasEscapes ? Encoding.UTF8.GetBytes(cell.TextIn(lines.Bytes)) : written))
                    return false;
            }

            rows.AddLine(lines.Slice);
        }

        return true;
    }

    /// <summary>Whether no cell can be open where the share begins.</summary>
    private bool StartsWithARow(DelimitedDialect dialect) => share.Slice.Start <= dialect.HeaderStart
        || (share.Slice.Source is not RemoteTextSource && share.Slice.Source.IndexOf((byte)'"', 0, share.Slice.Start) < 0);

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
