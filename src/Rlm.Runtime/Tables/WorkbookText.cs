using System.Runtime.CompilerServices;
using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>
/// The sheets of a workbook, as its reader writes them: parted by a form feed on a line, each with a heading <c>## NAME</c> and its rows as CSV.
/// What stands beside cells has a heading of three signs.
/// </summary>
/// <param name="Sheets">The sheets that have rows.</param>
/// <param name="Names">The fields of their rows: <c>sheet</c>, then the columns of all sheets, names that differ in case and blanks alone once.</param>
/// <param name="Types">How the fields read.</param>
internal sealed record WorkbookText(IReadOnlyList<WorkbookSheet> Sheets, IReadOnlyList<string> Names, IReadOnlyList<RlmType> Types)
{
    private const string SheetField = "sheet";

    private static readonly ConditionalWeakTable<TextSource, Lazy<WorkbookText?>> OfSources = [];

    /// <summary>The workbook; null for any other text. That of a whole source is read once.</summary>
    public static WorkbookText? Of(TextSlice text, CancellationToken cancellationToken) => text != text.Source.Whole
        ? Read(text, cancellationToken)
        : OfSources.GetValue(text.Source, source => new Lazy<WorkbookText?>(() => Read(source.Whole, CancellationToken.None))).Value;

    /// <summary>The first rows of all sheets, whose cells are texts.</summary>
    public List<RecordValue> ReadFirstRows(int count)
    {
        var shape = new RecordShape(Names);
        var rows = new List<RecordValue>();
        foreach (var sheet in Sheets)
        {
            using var reader = new DelimitedReader(sheet.Dialect, CancellationToken.None);
            bool isHeader = true;
            while (rows.Count < count && reader.MoveNext())
            {
                if (reader.Fault != DelimitedFault.None)
                    continue;
                if (!isHeader)
                    rows.Add(new RecordValue(shape, [new TextValue(sheet.Name), .. sheet.Fields.Skip(1).Select(cell => ReadCell(reader, cell))]));
                isHeader = false;
            }
        }

        return rows;
    }

    private static Value ReadCell(DelimitedReader row, int cell) => cell >= 0 && cell < row.Cells.Length && !row.Cells[cell].IsMissing
        ? new TextValue(row.Cells[cell].TextIn(row.Bytes))
        : NoneValue.Instance;

    private static WorkbookText? Read(TextSlice text, CancellationToken cancellationToken)
    {
        var columns = new Columns();
        var sheets = new List<(string Name, DelimitedDialect Dialect, SheetHeader Header, int[] Columns, IReadOnlyList<string> Names)>();
        bool isWorkbook = false;
        foreach (var (heading, rows) in ReadParts(text, cancellationToken))
        {
            if (NameOf(heading) is not { } name)
            {
                // Another text than a workbook's.
                if (!isWorkbook)
                    return null;
                continue;
            }

            isWorkbook = true;
            var dialect = new DelimitedDialect(rows, (byte)',', false) { IsCertain = true };
            var header = SheetHeader.Of(dialect, cancellationToken);
            dialect = dialect with { HeaderStart = header.Start };
            if (DelimitedSchema.Of(dialect, cancellationToken) is { } schema)
                sheets.Add((name, dialect, header, columns.Add(schema), schema.Names));
        }

        if (!isWorkbook)
            return null;
        return new WorkbookText(
            [.. sheets.Select(sheet => new WorkbookSheet(
                sheet.Name, sheet.Dialect, columns.FieldsOf(sheet.Columns), sheet.Header, columns.HaveOtherNames(sheet.Columns, sheet.Names)))],
            [SheetField, .. columns.Names], [RlmType.Text, .. columns.TypesIn(sheets.Count)]);
    }

    /// <summary>The heading of each part, and what stands below it.</summary>
    private static IEnumerable<(string Heading, TextSlice Rows)> ReadParts(TextSlice text, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(text, cancellationToken);
        string? heading = null;
        long start = text.Start;
        while (lines.MoveNext())
        {
            if (heading is null)
            {
                heading = lines.Length > DelimitedSchema.MaxBytes ? "" : Encoding.UTF8.GetString(lines.Bytes);
                start = lines.Next;
            }
            else if (lines.Length == 1 && lines.Bytes[0] == '\f')
            {
                yield return (heading, text with { Start = start, Length = lines.Start - start });
                heading = null;
            }
        }

        if (heading is not null)
            yield return (heading, text with { Start = start, Length = text.End - start });
    }

    private static string? NameOf(string heading)
    {
        const string mark = "## ", hidden = " [hidden]";
        return !heading.StartsWith(mark, StringComparison.Ordinal) ? null
            : heading.EndsWith(hidden, StringComparison.Ordinal) ? heading[mark.Length..^hidden.Length] : heading[mark.Length..];
    }

    /// <summary>The columns of all sheets, in the order in which they are first found.</summary>
    private sealed class Columns
    {
        private readonly List<(RlmType Type, int Sheets)> _types = [];

        public List<string> Names { get; } = [];

        /// <summary>The place among all of each column of a sheet.</summary>
        public int[] Add(DelimitedSchema schema)
        {
            int[] places = new int[schema.Names.Count];
            for (int i = 0; i < places.Length; i++)
            {
                // The name of the sheet has that field.
                string name = schema.Names[i] == SheetField ? FindOther(schema.Names) : schema.Names[i];
                places[i] = Find(name, schema.Names);
                if (places[i] < 0)
                {
                    places[i] = Names.Count;
                    Names.Add(name);
                    _types.Add((schema.Types[i], 0));
                }

                var (type, sheets) = _types[places[i]];
                _types[places[i]] = (Join(type, schema.Types[i]), sheets + 1);
            }

            return places;
        }

        /// <summary>Whether the sheet spells a column otherwise than the first that has it.</summary>
        public bool HaveOtherNames(int[] columns, IReadOnlyList<string> names) =>
            columns.Where((column, i) => names[i] != Names[column] && names[i] != SheetField).Any();

        /// <summary>
        /// The place of the column of another sheet with the name, or of the only one that differs from it in case and blanks alone, if the sheet has
        /// none that is nearer to it; else -1.
        /// </summary>
        private int Find(string name, IReadOnlyList<string> ofSheet)
        {
            if (Names.IndexOf(name) is >= 0 and var same)
                return same;

            int[] alike = [.. Enumerable.Range(0, Names.Count).Where(i => AreAlike(Names[i], name))];
            return alike is [var only] && ofSheet.Count(other => AreAlike(other, name)) == 1 ? only : -1;
        }

        private static bool AreAlike(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

        public int[] FieldsOf(int[] columns)
        {
            int[] fields = new int[Names.Count + 1];
            Array.Fill(fields, -1);
            for (int i = 0; i < columns.Length; i++)
                fields[columns[i] + 1] = i;
            return fields;
        }

        public IEnumerable<RlmType> TypesIn(int sheets) => _types.Select(column => column.Sheets < sheets ? column.Type.OrNone : column.Type);

        private static string FindOther(IReadOnlyList<string> names)
        {
            for (int i = 2; ; i++)
            {
                if (Invariant($"{SheetField}_{i}") is var name && !names.Contains(name))
                    return name;
            }
        }

        private static RlmType Join(RlmType one, RlmType other)
        {
            var type = one.Required == other.Required ? one.Required : RlmType.Text;
            return one == type && other == type ? type : one.Required == one && other.Required == other ? type : type.OrNone;
        }
    }
}
