using System.Text.RegularExpressions;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>The table that a text looks like, told from its first lines.</summary>
/// <param name="Format">What <c>parse</c> reads it as.</param>
/// <param name="Row">The fields of its rows.</param>
/// <param name="First">A value of each field, from the first row that has one.</param>
internal sealed partial record TableGuess(string Format, RecordType Row, IReadOnlyList<Value?> First)
{
    private const int MaxLooked = 200;
    private const int MaxNameChars = 60;
    private const double LeastShare = 0.95;

    /// <summary>The table; null where the text does not look like one.</summary>
    /// <exception cref="TextException">The text cannot be read.</exception>
    public static TableGuess? Of(TextSource source)
    {
        if (source.LooksBinary || source.LikelyEncoding is not null || ProbeOf(source) is not { } probe)
            return null;
        if (probe.Type is not ListType { Item: RecordType { Fields.Count: > 0 } row })
            return null;

        var rows = probe.ReadRows();
        return new TableGuess(
            probe.Format, row, [.. row.Fields.Select(field => rows.Select(first => first.Find(field.Name))
                .FirstOrDefault(value => value is not (null or NoneValue or TextValue { LengthBytes: 0 })))]);
    }

    private static SchemaProbe? ProbeOf(TextSource source)
    {
        using var lines = new LineScanner(source.Whole);
        var first = NextLine(lines);
        var second = NextLine(lines);
        if (first is null)
            return null;
        // Places as a workbook's rows have them: a heading of Markdown may stand above anything.
        if (first.AsSpan().StartsWith("## "u8) && source.FindPlace(lines.Start)?.Contains('!', StringComparison.Ordinal) == true)
            return new SchemaProbe(source, "xlsx");
        if (first is not [(byte)'{', .., (byte)'}'] and not [(byte)'[' or (byte)'|', ..])
        {
            var dialect = DelimitedDialect.Of(source.Whole, isTabbed: false, CancellationToken.None);
            return IsDelimited(dialect) ? new SchemaProbe(source, "csv", dialect) : null;
        }

        string? format = first[0] switch
        {
            (byte)'{' => second is null or [(byte)'{', ..] ? "jsonl" : null,
            (byte)'[' => "json",
            _ => second is [(byte)'|', ..] && !second.AsSpan().ContainsAnyExcept("|-: "u8) ? "table" : null,
        };
        return format is null ? null : new SchemaProbe(source, format);
    }

    private static byte[]? NextLine(LineScanner lines)
    {
        while (lines.MoveNext())
        {
            if (!lines.IsBlank && lines.Length < DelimitedSchema.MaxBytes)
                return lines.Bytes.Trim(" \t\r\uFEFF"u8).ToArray();
        }

        return null;
    }

    /// <summary>Whether there is a header of several names and nearly every row has as many cells.</summary>
    private static bool IsDelimited(DelimitedDialect dialect)
    {
        using var rows = new DelimitedReader(dialect, CancellationToken.None);
        int width = 0, all = 0, fitting = 0;
        while (all < MaxLooked && rows.MoveNext())
        {
            if (rows.Fault == DelimitedFault.Comment)
                continue;
            if (width == 0)
            {
                if (!IsHeader(rows))
                    return false;
                width = rows.Cells.Length;
                continue;
            }

            all++;
            fitting += rows.Fault == DelimitedFault.None && rows.Cells.Length == width ? 1 : 0;
        }

        return width > 1 && all > 0 && fitting >= all * LeastShare;
    }

    /// <summary>
    /// Whether the cells look like names: a line of a log begins with a time or a number, or names each value before a colon. A
    /// first column may have no name.
    /// </summary>
    private static bool IsHeader(DelimitedReader header)
    {
        if (header.Fault != DelimitedFault.None || header.Cells.Length < 2)
            return false;

        for (int i = 0; i < header.Cells.Length; i++)
        {
            string name = header.Cells[i].TextIn(header.Bytes).Trim();
            bool isFigure = NumberText.Read(name).IsNumber || Reading.AsDate(new TextValue(name)) is not null;
            if (name.Length > MaxNameChars || (name.Length == 0 && i > 0) || (isFigure && i == 0) || DataColon.IsMatch(name))
                return false;
        }

        return true;
    }

    // As in a named value or a time, which no name of a column holds.
    [GeneratedRegex(@":\s|\d:\d")]
    private static partial Regex DataColon { get; }
}
