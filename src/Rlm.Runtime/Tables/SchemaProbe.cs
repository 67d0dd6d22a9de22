using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>The first rows of a text, read before the run: their type, and what they hold.</summary>
/// <remarks>
/// At most 200 rows and 256 KiB are looked at. The type that <c>parse</c> gives is a list of records, open where rows that were not read
/// may have more fields.
/// </remarks>
internal sealed class SchemaProbe
{
    /// <summary>How much of a text is looked through for its first table.</summary>
    private const int MaxMarkupBytes = 4 * 1024 * 1024;

    private readonly DelimitedDialect? _dialect;
    private readonly DelimitedSchema? _schema;
    private readonly WorkbookText? _workbook;
    private readonly List<RecordValue> _json = [];

    /// <param name="source">The text.</param>
    /// <param name="format"><c>json</c>, <c>jsonl</c>, <c>csv</c>, <c>tsv</c>, <c>xlsx</c> or <c>table</c>.</param>
    /// <param name="dialect">How the text is delimited, where that was found already.</param>
    /// <exception cref="TextException">The text cannot be read.</exception>
    public SchemaProbe(TextSource source, string format, DelimitedDialect? dialect = null)
    {
        Format = format;
        if (format is "csv" or "tsv" or "table")
        {
            _dialect = dialect ?? DialectOf(source, format);
            _schema = _dialect is null ? null : DelimitedSchema.Of(_dialect, CancellationToken.None);
            Type = _schema is null
                ? null
                : RlmType.ListOf(new RecordType([.. _schema.Names.Select((name, i) => new FieldType(name, _schema.Types[i]))]));
            return;
        }

        if (format == "xlsx")
        {
            _workbook = WorkbookText.Of(source.Whole, CancellationToken.None);
            Type = _workbook is null ? null
                : RlmType.ListOf(new RecordType([.. _workbook.Names.Select((name, i) => new FieldType(name, _workbook.Types[i]))]));
            return;
        }

        int sampled = (int)Math.Min(source.LengthBytes, DelimitedSchema.MaxBytes);
        (_json, bool isWhole) = format == "jsonl" && !JsonRows.IsArrayOfRecords(source.Whole) ? Lines(source, sampled) : Elements(source, sampled);
        Type = _json.Count == 0 ? null : RlmType.ListOf(ValueTypes.RecordOf(_json) with { IsOpen = !isWhole });
    }

    public string Format { get; }

    /// <summary>The type that <c>parse</c> gives; null where no row can be read.</summary>
    public RlmType? Type { get; }

    /// <summary>The rows that the type is told from.</summary>
    /// <exception cref="TextException">The text cannot be read.</exception>
    public IReadOnlyList<RecordValue> ReadRows()
    {
        if (_workbook is not null)
            return _workbook.ReadFirstRows(DelimitedSchema.MaxRows);
        if (_dialect is null || _schema is null)
            return _json;

        var shape = new RecordShape([.. _schema.Names]);
        var rows = new List<RecordValue>();
        using var reader = new DelimitedReader(_dialect, CancellationToken.None);
        bool isHeader = true;
        while (rows.Count < DelimitedSchema.MaxRows && reader.MoveNext())
        {
            if (reader.Fault == DelimitedFault.None && reader.Cells.Length == _schema.Names.Count && !isHeader)
            {
                var cells = new Value[reader.Cells.Length];
                for (int i = 0; i < cells.Length; i++)
                    cells[i] = new TextValue(reader.Cells[i].TextIn(reader.Bytes));
                rows.Add(new RecordValue(shape, cells));
            }

            isHeader &= reader.Fault == DelimitedFault.Comment;
        }

        return rows;
    }

    private static DelimitedDialect? DialectOf(TextSource source, string format) =>
        format != "table" ? DelimitedDialect.Of(source.Whole, format == "tsv", CancellationToken.None)
        : DocumentReader.Registered is not { } reader ? null
        : TableText.Of(source.Whole with { Length = Math.Min(source.LengthBytes, MaxMarkupBytes) }, reader, 1, CancellationToken.None).Dialect;

    private static (List<RecordValue> Rows, bool IsWhole) Lines(TextSource source, int sampled)
    {
        var json = new JsonRows();
        var rows = new List<RecordValue>();
        using var lines = new LineScanner(source.Whole);
        bool isWhole = true;
        while (lines.MoveNext())
        {
            if (rows.Count == DelimitedSchema.MaxRows || lines.End > sampled)
            {
                isWhole = false;
                break;
            }

            if (!lines.IsBlank && json.Read(new TextSlice(source, lines.Start, lines.Length), lines.Bytes, null, out _) is RecordValue row)
                rows.Add(row);
        }

        return (rows, isWhole);
    }

    private static (List<RecordValue> Rows, bool IsWhole) Elements(TextSource source, int sampled)
    {
        var rows = new List<RecordValue>();
        try
        {
            var slice = source.Whole with { Length = sampled };
            foreach (var value in new JsonRows().ReadElements(slice, false, null))
            {
                if (rows.Count == DelimitedSchema.MaxRows)
                    return (rows, false);
                if (value is RecordValue row)
                    rows.Add(row);
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // The sample ends inside a row.
            return (rows, false);
        }

        return (rows, sampled == source.LengthBytes);
    }
}
