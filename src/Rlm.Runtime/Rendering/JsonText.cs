using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as JSON without blanks; only what JSON itself must is escaped.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Of(Value value) => Utf8Writer.StringOf(text => Write(text, value));

    /// <summary>None and failed items are null, dates ISO 8601, durations seconds.</summary>
    public static void Write(Utf8Writer text, Value value)
    {
        using var writer = new Utf8JsonWriter(text, Options);
        Write(writer, value);
    }

    /// <summary>A line for each item.</summary>
    public static void WriteLines(Utf8Writer text, Value value)
    {
        var source = ValueRenderer.ListOf(value).Rows;
        using var writer = new Utf8JsonWriter(text, Options);
        using var rows = source.Open();
        bool isFirst = true;
        while (rows.MoveNext())
        {
            if (!isFirst)
                text.Append('\n');
            isFirst = false;
            WriteItem(writer, rows, source);
            writer.Flush();
            writer.Reset();
        }
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case NumberValue number:
                writer.WriteRawValue(number.ToExact());
                break;
            case TextValue text:
                WriteText(writer, text.Column, text.TryGetSpan(out var bytes) ? bytes : Encoding.UTF8.GetBytes(text.ToString()));
                break;
            case BoolValue:
                writer.WriteBooleanValue(value == BoolValue.True);
                break;
            case DateValue date:
                writer.WriteStringValue(date.Point.ToIso());
                break;
            case DurationValue duration:
                writer.WriteRawValue(ScalarText.Seconds(duration.Duration));
                break;
            case NoneValue or FailedValue:
                writer.WriteNullValue();
                break;
            case ListValue list:
                writer.WriteStartArray();
                var source = list.Rows;
                using (var rows = source.Open())
                {
                    while (rows.MoveNext())
                        WriteItem(writer, rows, source);
                }

                writer.WriteEndArray();
                break;
            case RecordValue record:
                writer.WriteStartObject();
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    writer.WritePropertyName(record.Shape.Names[i]);
                    Write(writer, record.Fields[i]);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(ScalarText.Of(value));
                break;
        }
    }

    /// <summary>Writes the item that a reader is at, a row with just the fields of the shape without making its value.</summary>
    private static void WriteItem(Utf8JsonWriter writer, RowReader rows, RowSource source)
    {
        int count = source.IsWhole ? source.Shape!.Names.Count : 0, read = 0;
        while (read < count && rows.Has(read))
            read++;
        if (count == 0 || read < count)
        {
            Write(writer, rows.Item);
            return;
        }

        writer.WriteStartObject();
        for (int i = 0; i < count; i++)
        {
            writer.WritePropertyName(source.Shape!.Names[i]);
            if (rows.CellAt(i) is { Kind: CellKind.Text } cell)
                WriteText(writer, cell.Column, cell.Text);
            else
                Write(writer, rows.ValueAt(i));
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ColumnReading? column, ReadOnlySpan<byte> bytes)
    {
        if (column is { IsJsonNumbers: true } && ColumnEvidence.IsJsonNumber(bytes, out _))
            writer.WriteRawValue(bytes, skipInputValidation: true);
        else if (Utf8.IsValid(bytes))
            writer.WriteStringValue(bytes);
        else
            writer.WriteStringValue(Encoding.UTF8.GetString(bytes));
    }
}
