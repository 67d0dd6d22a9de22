using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as text, as docs/specification.md, section 4, says.</summary>
internal static class ValueRenderer
{
    /// <summary>
    /// As in a template's hole: a list joined with <c>", "</c>, a list of one as its item, a record as <c>field: value</c> lines,
    /// a doc as its text.
    /// </summary>
    public static string InTemplate(Value value) => ScalarText.Of(value) ?? Utf8Writer.StringOf(text => Write(text, value));

    /// <summary>Writes the same.</summary>
    public static void Write(Utf8Writer text, Value value)
    {
        switch (value)
        {
            case TextValue written:
                Write(text, written);
                break;

            case RecordValue record when TextOf(record) is { } own:
                Write(text, own);
                break;

            case RecordValue record:
                WriteFields(text, record, "\n");
                break;

            case ListValue list:
                // Records take several lines each, so a comma between them would not be seen.
                var items = list.ReadAll();
                WriteItems(text, items, items.Any(item => item is RecordValue other && TextOf(other) is null) ? "\n\n" : ", ");
                break;

            default:
                text.Append(ScalarText.Of(value));
                break;
        }
    }

    /// <summary>As a whole answer: a list one item per line, a list of records as a table, a list of docs as their texts.</summary>
    public static string AsAnswer(Value value) => Utf8Writer.StringOf(text => WriteAnswer(text, value));

    /// <summary>Writes the same; of a text that has more characters than it may have at least one more.</summary>
    public static void WriteAnswer(Utf8Writer text, Value value)
    {
        if (value is ListValue list && list.ReadAll() is var items)
        {
            if (HasRows(items))
                MarkdownTable.Write(text, value, null);
            else
                WriteItems(text, items, "\n");
        }
        else
        {
            WriteItem(text, value, "\n");
        }
    }

    /// <summary>A line <c>- item</c> for each item; further lines of an item are indented, a record's fields stand in one line.</summary>
    public static void WriteBullets(Utf8Writer text, IReadOnlyList<Value> items)
    {
        string mark = "- ";
        foreach (var item in items)
        {
            text.Append(mark);
            text.Append(Utf8Writer.StringOf(line => WriteItem(line, item, ", ")).ReplaceLineEndings("\n  "));
            mark = "\n- ";
            if (text.IsOver)
                return;
        }
    }

    /// <summary>Whether it is rows with fields, or would be if there were any.</summary>
    public static bool IsTable(Value value, RlmType type) => value is ListValue && ItemsOf(value) is var items
        && (items.Count > 0 ? HasRows(items) : type.ItemType?.Required is RecordType { Alias: null, TextField: null });

    /// <summary>Whether any item is a record that says more than its text.</summary>
    public static bool HasRows(IReadOnlyList<Value> items) => items is KeptItems kept
        ? kept.Shapes.Any(static shape => !IsText(shape))
        : items.Any(static item => item is RecordValue row && !IsText(row.Shape));

    /// <summary>The value that stands for the record where text is wanted; null for a record that has none.</summary>
    internal static Value? TextOf(RecordValue record) => record.Shape.TextField is { } field ? record.Find(field) : null;

    /// <summary>Whether the record says no more than its text: a doc, or a text with no fields added.</summary>
    internal static bool IsText(RecordValue record) => IsText(record.Shape);

    private static bool IsText(RecordShape shape) => shape.TextField is not null
        && (shape.Names.Count == 1 || shape.Names.SequenceEqual(RecordShape.Doc.Names) || shape.Names.SequenceEqual(RecordShape.Mail.Names));

    /// <summary>A record that says more than its text by its fields, anything else as in a template.</summary>
    private static void WriteItem(Utf8Writer text, Value item, string separator)
    {
        if (item is RecordValue row && !IsText(row))
            WriteFields(text, row, separator);
        else
            Write(text, item);
    }

    public static void WriteItems(Utf8Writer text, IReadOnlyList<Value> items, string separator)
    {
        bool isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                text.Append(separator);
            Write(text, item);
            isFirst = false;
            if (text.IsOver)
                return;
        }
    }

    /// <summary>A list as it is, any other value as the only item of one.</summary>
    public static ListValue ListOf(Value value) => value as ListValue ?? ListValue.Of([value]);

    public static IReadOnlyList<Value> ItemsOf(Value value) => ListOf(value).ReadAll();

    private static void Write(Utf8Writer text, TextValue value)
    {
        if (value.IsString)
            text.Append(value.ToString());
        else if (value.TryGetSpan(out var bytes))
            text.Append(bytes);
        else
            text.Append(value.Written);
    }

    private static void WriteFields(Utf8Writer text, RecordValue record, string separator)
    {
        for (int i = 0; i < record.Fields.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            text.Append(record.Shape.Names[i]);
            text.Append(": ");
            Write(text, record.Fields[i]);
        }
    }
}
