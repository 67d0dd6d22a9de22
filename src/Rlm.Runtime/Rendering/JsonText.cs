using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as JSON without blanks; only what JSON itself must is escaped.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Of(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case NumberValue number:
                writer.WriteRawValue(number.ToExact());
                break;
            case TextValue { Column.IsJsonNumbers: true } text when text.ToString() is var cell
                && ColumnEvidence.IsJsonNumber(Encoding.UTF8.GetBytes(cell), out _):
                writer.WriteRawValue(cell);
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
                foreach (var item in list.Items)
                    Write(writer, item);
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
}
