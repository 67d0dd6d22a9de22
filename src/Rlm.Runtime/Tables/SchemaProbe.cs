using Rlm.Dsl.Types;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>Tells the type of a text's rows from the first of them, before the run.</summary>
internal static class SchemaProbe
{
    /// <summary>How much of a text is looked through for its first table.</summary>
    private const int MaxMarkupBytes = 4 * 1024 * 1024;

    /// <summary>
    /// The type that <c>parse</c> gives, a list of records, from at most 200 rows and 256 KiB; null where no row can be read.
    /// It is open where rows that were not read may have more fields.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="format"><c>json</c>, <c>jsonl</c>, <c>csv</c>, <c>tsv</c> or <c>table</c>.</param>
    /// <exception cref="TextException">The text cannot be read.</exception>
    public static RlmType? Probe(TextSource source, string format)
    {
        if (format is "csv" or "tsv" or "table")
        {
            return DialectOf(source, format) is { } dialect && DelimitedSchema.Of(dialect, CancellationToken.None) is { } schema
                ? RlmType.ListOf(new RecordType([.. schema.Names.Select((name, i) => new FieldType(name, schema.Types[i]))]))
                : null;
        }

        var (rows, isWhole) = JsonRowsOf(source, format);
        return rows.Count == 0 ? null : RlmType.ListOf(RecordOf(rows) with { IsOpen = !isWhole });
    }

    /// <summary>The rows that the type is told from.</summary>
    /// <exception cref="TextException">The text cannot be read.</exception>
    public static IReadOnlyList<RecordValue> FirstRows(TextSource source, string format)
    {
        if (format is "json" or "jsonl")
            return JsonRowsOf(source, format).Rows;
        if (DialectOf(source, format) is not { } dialect || DelimitedSchema.Of(dialect, CancellationToken.None) is not { } schema)
            return [];

        var shape = new RecordShape([.. schema.Names]);
        var rows = new List<RecordValue>();
        using var reader = new DelimitedReader(dialect, CancellationToken.None);
        bool isHeader = true;
        while (rows.Count < DelimitedSchema.MaxRows && reader.MoveNext())
        {
            if (reader.Fault == DelimitedFault.None && reader.Cells.Length == schema.Names.Count && !isHeader)
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
        format == "table"
            ? TableText.Of(source.Whole with { Length = Math.Min(source.LengthBytes, MaxMarkupBytes) }, 1, CancellationToken.None).Dialect
            : DelimitedDialect.Of(source.Whole, format == "tsv", CancellationToken.None);

    private static (List<RecordValue> Rows, bool IsWhole) JsonRowsOf(TextSource source, string format)
    {
        int sampled = (int)Math.Min(source.LengthBytes, DelimitedSchema.MaxBytes);
        return format == "jsonl" ? Lines(source, sampled) : Elements(source, sampled);
    }

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

    private static RecordType RecordOf(List<RecordValue> rows)
    {
        var names = new List<string>();
        var types = new Dictionary<string, (RlmType? Type, int Count)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            for (int i = 0; i < row.Fields.Count; i++)
            {
                string name = row.Shape.Names[i];
                if (!types.TryGetValue(name, out var known))
                    names.Add(name);
                var type = TypeOf(row.Fields[i]);
                types[name] = (Merge(known.Type, type), known.Count + (type is null ? 0 : 1));
            }
        }

        return new RecordType([.. names.Select(name => new FieldType(name, types[name] is var (type, count) && count == rows.Count
            ? type ?? RlmType.Unknown
            : (type ?? RlmType.Unknown).OrNone))]);
    }

    /// <summary>The type of a value; null for none, which has every optional type.</summary>
    private static RlmType? TypeOf(Value value) => value switch
    {
        TextValue => RlmType.Text,
        NumberValue => RlmType.Number,
        BoolValue => RlmType.Bool,
        RecordValue record => RecordOf([record]),
        ListValue list => RlmType.ListOf(ItemTypeOf(list)),
        _ => null,
    };

    private static RlmType ItemTypeOf(ListValue list)
    {
        var items = list.ReadAll();
        return items.Count > 0 && items.All(item => item is RecordValue)
            ? RecordOf([.. items.Cast<RecordValue>()])
            : items.Select(TypeOf).Aggregate((RlmType?)null, Merge) ?? RlmType.Unknown;
    }

    private static RlmType? Merge(RlmType? first, RlmType? second)
    {
        if (first is null || second is null || first == second)
            return first ?? second;
        if (first is ListType { Item: var one } && second is ListType { Item: var other })
            return RlmType.ListOf(one == RlmType.Unknown ? other : other == RlmType.Unknown ? one : Merge(one, other) ?? RlmType.Unknown);
        if (first is not RecordType left || second is not RecordType right)
            return RlmType.Unknown;

        var merged = left with
        {
            Fields = [.. left.Fields.Select(known => right.Find(known.Name) is { } same
            ? known with { Type = MakeOptional(Merge(known.Type.Required, same.Type.Required), known.Type, same.Type) }
            : known with { Type = known.Type.OrNone })]
        };
        return right.Fields.Where(added => left.Find(added.Name) is null)
            .Aggregate(merged, (record, added) => record.With(added.Name, added.Type.OrNone));
    }

    private static RlmType MakeOptional(RlmType? type, RlmType first, RlmType second) =>
        first is OptionalType || second is OptionalType ? (type ?? RlmType.Unknown).OrNone : type ?? RlmType.Unknown;
}
