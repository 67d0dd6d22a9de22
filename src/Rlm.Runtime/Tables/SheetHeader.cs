using System.Buffers;

namespace Rlm.Runtime.Tables;

/// <summary>Where the header of a sheet stands: titles may stand above it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="LeftOut">Where the rows above it begin that may be more than titles.</param>
/// <param name="IsDoubtful">Whether it may be a title, or a row of a table without one.</param>
internal sealed record SheetHeader(long Start, IReadOnlySet<long> LeftOut, bool IsDoubtful)
{
    // So many rows may stand above a header, with those that tell of it below.
    private const int MaxRows = 1000;

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);

    public static SheetHeader Of(DelimitedDialect dialect, CancellationToken cancellationToken)
    {
        var rows = ReadRows(dialect, cancellationToken);
        int at = 0;
        while (at < rows.Count && !IsHeader(rows, at))
            at++;
        if (at == rows.Count)
            return new SheetHeader(dialect.Table.Start, new HashSet<long>(), rows.Count > 1);

        var above = Enumerable.Range(0, at).Where(i => rows[i].Filled > 1 && (rows[i].HasNumber || !IsAlone(rows, i)));
        return new SheetHeader(rows[at].Start, above.Select(i => rows[i].Start).ToHashSet(), IsDoubtfulAt(rows, at));
    }

    /// <summary>Whether a cell is a number as the reader of a workbook writes one, and no text.</summary>
    public static bool IsNumber(DelimitedCell cell, ReadOnlySpan<byte> row)
    {
        var text = row.Slice(cell.Start, cell.Length);
        return cell.Quotes == DelimitedQuotes.None && text.Length > 0 && text.ContainsAnyInRange((byte)'0', (byte)'9')
            && !text.ContainsAnyExcept(OfNumbers) && text[1..].IndexOf((byte)'-') is var sign
            && (sign < 0 || text[sign] is (byte)'e' or (byte)'E');
    }

    private static List<Row> ReadRows(DelimitedDialect dialect, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        using var reader = new DelimitedReader(dialect, cancellationToken);
        long end = dialect.Table.Start;
        while (rows.Count < MaxRows && reader.MoveNext())
        {
            var place = reader.Row;
            bool isBehindBlank = rows.Count > 0 && place.Start - end > 1;
            end = place.End;
            if (reader.Fault != DelimitedFault.None)
                continue;

            int filled = 0;
            bool hasNumber = false;
            foreach (var cell in reader.Cells)
            {
                filled += cell.Length > 0 ? 1 : 0;
                hasNumber |= IsNumber(cell, reader.Bytes);
            }

            rows.Add(new Row(place.Start, reader.Cells.Length, filled, reader.Cells[0].Length > 0, hasNumber, isBehindBlank));
        }

        return rows;
    }

    private static bool IsHeader(List<Row> rows, int at)
    {
        var row = rows[at];
        var below = Find(rows, at + 1);
        var next = Find(rows, at + 2);
        // Of two columns, the first may have no name, as an index has none.
        if (row is { Columns: 2, Filled: 1, HasFirst: false })
            return below is { Filled: 2, IsBehindBlank: false } && (below.HasNumber || next is not { HasNumber: true });
        // A row may be wider than its header.
        if (row.Filled * 2 <= row.Columns)
            return row is { Filled: > 1, HasFirst: true, HasNumber: false }
                && below is { HasFirst: true, HasNumber: true, IsBehindBlank: false } && below.Filled > row.Filled;

        // A title that is parted from a table with a header of its own.
        return !(IsAlone(rows, at) && !row.HasNumber && below is { HasNumber: false } && below.Filled * 2 > below.Columns
            && next is { HasNumber: true, IsBehindBlank: false });
    }

    private static bool IsDoubtfulAt(List<Row> rows, int at)
    {
        var below = Find(rows, at + 1);
        if (rows[at].HasNumber || below is null)
            return false;

        return IsAlone(rows, at)
            || (!below.HasNumber && Find(rows, at + 2) is { HasNumber: true })
            || (rows[at] is { Columns: 2, Filled: 1 } && !below.HasNumber);
    }

    /// <summary>Whether a row has a blank one below it, and is the first or has one above it.</summary>
    private static bool IsAlone(List<Row> rows, int at) =>
        Find(rows, at + 1) is { IsBehindBlank: true } && (at == 0 || rows[at].IsBehindBlank);

    private static Row? Find(List<Row> rows, int at) => at < rows.Count ? rows[at] : null;

    private sealed record Row(long Start, int Columns, int Filled, bool HasFirst, bool HasNumber, bool IsBehindBlank);
}
