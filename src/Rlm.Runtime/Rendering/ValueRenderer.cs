using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as text, as docs/specification.md, section 4, says.</summary>
internal static class ValueRenderer
{
    /// <summary>
    /// As in a template's hole: a list joined with <c>", "</c>, a list of one as its item, a record as <c>field: value</c> lines,
    /// a doc as its text.
    /// </summary>
    public static string InTemplate(Value value)
    {
        if (ScalarText.Of(value) is { } text)
            return text;

        if (value is RecordValue record)
            return TextOf(record) is { } own ? InTemplate(own) : Fields(record, "\n");

        // Records take several lines each, so a comma between them would not be seen.
        var items = ((ListValue)value).ReadAll();
        return string.Join(items.Any(item => item is RecordValue other && TextOf(other) is null) ? "\n\n" : ", ", items.Select(InTemplate));
    }

    /// <summary>As a whole answer: a list one item per line, a list of records as a table, a list of docs as their texts.</summary>
    public static string AsAnswer(Value value)
    {
        if (value is not ListValue list)
            return value is RecordValue record && !IsText(record) ? Fields(record, "\n") : InTemplate(value);

        return string.Join('\n', LinesOf(list.ReadAll()));
    }

    /// <summary>The same; null where it has more characters, of which no more are made than a line of it.</summary>
    public static string? AsAnswer(Value value, int maxChars)
    {
        if (value is not ListValue list)
            return HasMoreChars(value, maxChars) || AsAnswer(value) is not { } whole || whole.Length > maxChars ? null : whole;

        var items = list.ReadAll();
        var text = new StringBuilder();
        if (items.Count - 1 > maxChars || items.Any(item => HasMoreChars(item, maxChars)))
            return null;
        foreach (string line in LinesOf(items))
        {
            if (text.Length + line.Length > maxChars)
                return null;
            text.Append(line).Append('\n');
        }

        return text.ToString(0, Math.Max(0, text.Length - 1));
    }

    private static IEnumerable<string> LinesOf(IReadOnlyList<Value> items) =>
        items.Any(item => item is RecordValue row && !IsText(row)) ? MarkdownTable.LinesOf(items) : items.Select(InTemplate);

    /// <summary>Whether a text is that long by its bytes alone, three of which are a character at the least.</summary>
    private static bool HasMoreChars(Value value, int maxChars) =>
        (value is RecordValue record && IsText(record) ? TextOf(record) : value) is TextValue text && text.LengthBytes > 3L * maxChars;

    /// <summary>A GitHub Markdown table with a column for each field of any row, in order of appearance; without rows, for each that the type has.</summary>
    public static string AsTable(Value value, RlmType type) => MarkdownTable.Of(ItemsOf(value), type);

    /// <summary>A line <c>- item</c> for each item; further lines of an item are indented, a record's fields stand in one line.</summary>
    public static string AsBullets(Value value) => string.Join('\n', ItemsOf(value).Select(item =>
        "- " + (item is RecordValue row && !IsText(row) ? Fields(row, ", ") : InTemplate(item)).ReplaceLineEndings("\n  ")));

    /// <summary>A line for each item, with a tab between the cells of a row, in the columns of a table.</summary>
    public static string AsTabbed(Value value)
    {
        if (value is not ListValue)
            return value is RecordValue record && !IsText(record) ? Cells(record.Fields) : InTemplate(value) is var text && text.EndsWith('\n') ? text[..^1] : InTemplate(value);

        var items = ItemsOf(value);
        var columns = items.Any(item => item is RecordValue row && !IsText(row)) ? RowColumns.Of(items) : null;
        return string.Join('\n', items.Select(item => columns is null ? InTemplate(item) : Cells(columns.CellsOf(item))));
    }

    private static string Cells(IEnumerable<Value> cells) =>
        string.Join('\t', cells.Select(static cell => InTemplate(cell).ReplaceLineEndings(" ").Replace('\t', ' ')));

    /// <summary>Whether it is rows with fields, or would be if there were any.</summary>
    public static bool IsTable(Value value, RlmType type) => value is ListValue && ItemsOf(value) is var items
        && (items.Count > 0 ? items.Any(item => item is RecordValue row && !IsText(row)) : type.ItemType?.Required is RecordType { Alias: null, TextField: null });

    /// <summary>
    /// CSV by RFC 4180 with a header and LF line ends; none and failed items are empty cells, dates are ISO 8601, durations seconds.
    /// </summary>
    public static string AsCsv(Value value, RlmType type)
    {
        var items = ItemsOf(value);
        var columns = RowColumns.Of(items, type);
        var csv = new StringBuilder();
        if (columns.Names.Count == 0)
            return "";

        csv.AppendJoin(',', columns.Names.Select(Quote));
        foreach (var item in items)
        {
            int start = csv.Append('\n').Length;
            csv.AppendJoin(',', columns.CellsOf(item).Select(cell => Quote(Export(cell))));
            // An empty line would be no row.
            if (csv.Length == start)
                csv.Append("\"\"");
        }

        return csv.ToString();
    }

    private static string Export(Value cell) => cell switch
    {
        NoneValue or FailedValue => "",
        NumberValue number => number.ToExact(),
        DateValue date => date.Point.ToIso(),
        DurationValue duration => ScalarText.Seconds(duration.Duration),
        _ => InTemplate(cell),
    };

    /// <summary>JSON without blanks; none and failed items are null, dates ISO 8601, durations seconds.</summary>
    public static string AsJson(Value value) => JsonText.Of(value);

    /// <summary>A line of JSON for each item.</summary>
    public static string AsJsonLines(Value value) => string.Join('\n', ItemsOf(value).Select(JsonText.Of));

    /// <summary>The value that stands for the record where text is wanted; null for a record that has none.</summary>
    internal static Value? TextOf(RecordValue record) => record.Shape.TextField is { } field ? record.Find(field) : null;

    /// <summary>Whether the record says no more than its text: a doc, or a text with no fields added.</summary>
    internal static bool IsText(RecordValue record) => record.Shape.TextField is not null
        && (record.Fields.Count == 1 || record.Shape.Names.SequenceEqual(RecordShape.Doc.Names) || record.Shape.Names.SequenceEqual(RecordShape.Mail.Names));

    internal static string Fields(RecordValue record, string separator) =>
        string.Join(separator, record.Shape.Names.Select((name, i) => $"{name}: {InTemplate(record.Fields[i])}"));

    public static IReadOnlyList<Value> ItemsOf(Value value) => value is ListValue list ? list.ReadAll() : [value];

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 && cell == cell.Trim()
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
