using Rlm.Files.Sheets;

namespace Rlm.Files.Databases;

/// <summary>
/// Writes an SQLite file table by table, as a workbook is written: a heading <c>## NAME</c>, the names of its columns, and its rows as CSV,
/// each a place (<c>orders!7</c>).
/// </summary>
internal sealed class DatabaseReader : IRlmFileReader
{
    /// <summary>Rows that are older than their columns take no room in the file for what they have in them.</summary>
    private const long MaxAddedChars = 1L << 30;

    private const string OtherWay = "; give its rows, as with `sqlite3 -header -csv FILE \"select * from TABLE\" | rlm … -c -`";

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => ReadableFile.IsDatabase(start) ? RlmFileContent.Text : null;

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var database = DatabaseFile.Read(file);
        if (database.PageCount > database.HeldPages)
        {
            long missing = database.PageCount - database.HeldPages;
            text.AddGap(Invariant($"it is cut short: {missing:N0} of {database.PageCount:N0} pages are missing; fetch it again"));
        }

        if (database.HasLog)
        {
            text.AddGap("it is written with a log (FILE-wal), and what stands in that alone is not read; "
                + "`sqlite3 FILE \"pragma journal_mode = delete\"` puts it into the file");
        }

        bool hasTables = false;
        foreach (var (name, root, sql) in ReadSchema(database))
        {
            if (root == 0)
            {
                text.AddGap($"table {name} is virtual, and left out{OtherWay}");
                continue;
            }

            try
            {
                var definition = TableDefinition.Of(sql);
                if (definition.HasRowNumbers)
                {
                    WriteTable(database, name, root, definition, text, isFirst: !hasTables);
                    hasTables = true;
                }
                else
                {
                    text.AddGap($"table {name} is kept without row numbers, and left out{OtherWay}");
                }
            }
            catch (InvalidDataException exception)
            {
                text.AddGap($"table {name} is not read: {exception.Message}");
            }
        }

        if (!hasTables)
            throw new InvalidDataException("there is no table in it that is read");
    }

    private static List<(string Name, long Root, string Sql)> ReadSchema(DatabaseFile database)
    {
        const int Fields = 5;
        var tables = new List<(string Name, long Root, string Sql)>();
        try
        {
            new TableTree(database).Read(1, (_, record) =>
            {
                if (RowRecord.Read(record, database.Encoding) is { Count: Fields } row && row[0].Text == "table"
                    && !row[1].Text.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
                    tables.Add((Flatten(row[1].Text), long.TryParse(row[3].Text, out long root) ? root : 0, row[4].Text));
            });
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"the list of its tables is damaged: {exception.Message}; mend it, as with `sqlite3 FILE .recover`", exception);
        }

        return tables;
    }

    private static void WriteTable(
        DatabaseFile database, string name, long root, TableDefinition definition, IRlmFileText text, bool isFirst)
    {
        ColumnDefinition[] columns = [.. definition.Columns.Where(column => !column.IsComputed)];
        if (columns.Length < definition.Columns.Count)
            text.AddGap($"columns of table {name} that are computed when they are read are left out{OtherWay}");

        string place = CellReference.Quote(name);
        var record = new SheetRecord([.. Enumerable.Range(1, columns.Length)]);
        var cells = new List<SheetCell>();
        if (!isFirst)
            text.Write("\n");
        text.StartPlace(place);
        text.Write($"{(isFirst ? "" : "\f\n")}## {name}\n");
        text.Write(record.Of(
            [.. columns.Select((column, i) => new SheetCell(i + 1, column.Name is "" ? "column" : Flatten(column.Name), IsText: true))]));

        long? last = null;
        long added = 0, bytes = 0, damagedTexts = 0, unknown = 0;
        try
        {
            new TableTree(database).Read(root, (number, row) =>
            {
                var values = RowRecord.Read(row, database.Encoding);
                cells.Clear();
                for (int i = 0; i < columns.Length; i++)
                {
                    added += i < values.Count ? 0 : 1 + (columns[i].Default?.Text.Length ?? 0);
                    if (added > MaxAddedChars)
                        throw new InvalidDataException("what its older rows lack makes more than 1 GiB of text");

                    AddCell(i, columns[i].IsRowNumber ? new(StoredValueKind.Number, Invariant($"{number}"))
                        : i < values.Count ? values[i] : columns[i].Default);
                }

                text.Write("\n");
                text.StartPlace(Invariant($"{place}!{number}"));
                string line = record.Of(cells);
                // A row of one column without a value is not a blank line.
                text.Write(line.Length > 0 ? line : "\"\"");
                last = number;
            });
        }
        catch (InvalidDataException exception)
        {
            string start = last is null ? "" : Invariant($" behind its row {last}");
            text.AddGap($"table {name} is damaged{start}: {exception.Message}");
        }

        if (bytes > 0)
            text.AddGap(Invariant($"table {name} has bytes in {bytes:N0} of its cells, which are left out"));
        if (damagedTexts > 0)
            text.AddGap(Invariant($"table {name} has bytes in {damagedTexts:N0} of its texts that are of no sign"));
        if (unknown > 0)
            text.AddGap(Invariant($"table {name} has {unknown:N0} older rows without a value whose default is not known{OtherWay}"));

        void AddCell(int column, StoredValue? value)
        {
            unknown += value is null ? 1 : 0;
            bytes += value?.Kind == StoredValueKind.Bytes ? 1 : 0;
            damagedTexts += value?.Kind == StoredValueKind.DamagedText ? 1 : 0;
            string cell = (value?.Text ?? "").ReplaceLineEndings("\n").Replace('\f', ' ').Replace('\0', ' ');
            if (cell.Length > 0)
                cells.Add(new SheetCell(column + 1, cell, value?.Kind != StoredValueKind.Number));
        }
    }

    private static string Flatten(string name) => string.Concat(name.Select(sign => char.IsControl(sign) ? ' ' : sign));
}
