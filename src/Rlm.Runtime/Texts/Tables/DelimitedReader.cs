namespace Rlm.Runtime.Texts.Tables;

/// <summary>The rows of CSV (RFC 4180) or TSV: cells in quotes may hold delimiters, line ends and doubled quotes. Blank lines are no rows.</summary>
internal static class DelimitedReader
{
    /// <summary>The longest row that quotes may make of several lines; a quote that is not closed by then is taken for a stray one.</summary>
    private const int MaxRowBytes = 1024 * 1024;

    /// <summary>The delimiter: a tab for TSV; for CSV a semicolon where the first line has those and no comma.</summary>
    public static byte DelimiterOf(TextSlice table, bool isTabbed)
    {
        if (isTabbed)
            return (byte)'\t';

        using var lines = new LineScanner(table);
        while (lines.MoveNext())
        {
            if (!lines.IsBlank)
                return !lines.Bytes.Contains((byte)',') && lines.Bytes.Contains((byte)';') ? (byte)';' : (byte)',';
        }

        return (byte)',';
    }

    public static IEnumerable<DelimitedRow> Rows(TextSlice table, byte delimiter, CancellationToken cancellationToken)
    {
        for (long start = table.Start; start < table.End;)
        {
            using var lines = new LineScanner(table with { Start = start, Length = table.End - start }, cancellationToken);
            start = table.End;
            while (lines.MoveNext())
            {
                if (lines.IsBlank)
                    continue;

                var line = new TextSlice(table.Source, lines.Start, lines.Length);
                long next = lines.Next;
                var cells = new List<DelimitedCell>();
                if (Split(line, lines.Bytes, delimiter, cells))
                {
                    yield return new DelimitedRow(line, cells, false);
                    continue;
                }

                if (Extend(lines, line, delimiter) is { } row)
                {
                    yield return row;
                    continue;
                }

                // The quote is a stray one: go on with the line after it.
                yield return new DelimitedRow(line, cells, true);
                start = next;
                break;
            }
        }
    }

    /// <summary>The row that takes in following lines until its quotes are closed; null where they never are.</summary>
    private static DelimitedRow? Extend(LineScanner lines, TextSlice first, byte delimiter)
    {
        var cells = new List<DelimitedCell>();
        while (lines.MoveNext())
        {
            var row = first with { Length = lines.End - first.Start };
            if (row.Length > MaxRowBytes)
                return null;

            // Only a line with a quote can close the cell, so that the row is not split anew at each line.
            if (!lines.Bytes.Contains((byte)'"'))
                continue;

            cells.Clear();
            if (Split(row, row.Source.GetSpan(row.Start, (int)row.Length), delimiter, cells))
                return new DelimitedRow(row, cells, false);
        }

        return null;
    }

    /// <summary>Splits a row; false where it ends inside quotes.</summary>
    private static bool Split(TextSlice row, ReadOnlySpan<byte> bytes, byte delimiter, List<DelimitedCell> cells)
    {
        for (int at = 0; ;)
        {
            bool isQuoted = at < bytes.Length && bytes[at] == '"';
            bool hasDoubled = false;
            int start = at, end;
            if (isQuoted)
            {
                start = ++at;
                while (true)
                {
                    int quote = at >= bytes.Length ? -1 : bytes[at..].IndexOf((byte)'"');
                    if (quote < 0)
                        return false;
                    at += quote + 1;
                    if (at == bytes.Length || bytes[at] != '"')
                        break;
                    hasDoubled = true;
                    at++;
                }

                end = at - 1;
                // What stands between the closing quote and the delimiter is no part of the cell.
                int delimiterAt = bytes[at..].IndexOf(delimiter);
                at = delimiterAt < 0 ? bytes.Length : at + delimiterAt;
            }
            else
            {
                int length = bytes[at..].IndexOf(delimiter);
                end = at = length < 0 ? bytes.Length : at + length;
            }

            cells.Add(new DelimitedCell(row with { Start = row.Start + start, Length = end - start }, isQuoted, hasDoubled));
            if (at == bytes.Length)
                return true;
            at++;
        }
    }
}
