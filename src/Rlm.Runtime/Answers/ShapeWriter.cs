using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Answers;

/// <summary>
/// Writes a value as JSON of a shape. Nothing is made up: what does not fit is a problem, in one line without a full stop.
/// </summary>
internal sealed class ShapeWriter(Utf8JsonWriter json)
{
    private const int MostShownChars = 80;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The JSON, or what does not fit.</summary>
    public static (string? Json, string? Problem) Write(ShapeNode node, Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        string? problem = new ShapeWriter(json).Write(node, value, "the answer");
        json.Flush();
        return problem is null ? (Encoding.UTF8.GetString(buffer.WrittenSpan), null) : (null, problem);
    }

    private string? Write(ShapeNode node, Value value, string place)
    {
        if (node is NamedShape named)
            return Write(named.Target.Value, value, place);
        if (node is AnyShape)
            return WriteRaw(JsonText.Of(value));

        value = Unwrap(node, value);
        if (Reading.IsNone(value))
            return node.AllowsNone ? WriteRaw("null")
                : value is FailedValue failed ? $"{place} is a failed item: {failed.Reason}" : $"{place} is none";

        return node switch
        {
            TextShape { Form: TextForm.Plain } => WritePlain(value, place),
            TextShape text => WriteFormed(text.Form, value, place),
            NumberShape number => WriteNumber(number, value, place),
            BoolShape => ReadAs(RlmType.Bool, value) is BoolValue truth
                ? WriteRaw(truth == BoolValue.True ? "true" : "false") : Tell(value, place, "true or false"),
            LabelShape label => WriteLabel(label, value, place),
            ListShape list => WriteList(list, value, place),
            RecordShapeNode record => WriteRecord(record, value, place),
            MapShape map => WriteMap(map, value, place),
            UnionShape choice => WriteChoice(choice, value, place),
            _ => throw new InvalidOperationException($"No JSON for {node.GetType().Name}."),
        };
    }

    /// <summary>The only item of a list where one value is wanted, and the only field of a record where a value without fields is.</summary>
    private static Value Unwrap(ShapeNode node, Value value)
    {
        if (node is not (ListShape or MapShape or UnionShape) && value is ListValue list && list.ReadAll() is [var item])
            value = item;
        if (node is not (RecordShapeNode or MapShape or UnionShape) && value is RecordValue { Fields: [var field] }
            && (node is not ListShape || field is ListValue))
            value = field;
        return node is TextShape or LabelShape or NumberShape or BoolShape && value is RecordValue record
            ? ValueRenderer.TextOf(record) ?? value
            : value;
    }

    private string? WritePlain(Value value, string place)
    {
        if (ScalarText.Of(value) is not { } text)
            return Tell(value, place, "a text");

        json.WriteStringValue(text);
        return null;
    }

    private string? WriteFormed(TextForm form, Value value, string place)
    {
        string? text = form switch
        {
            TextForm.TimeSpan or TextForm.Duration => WriteDuration(form, value),
            TextForm.Clock => value is DateValue { Point.IsBare: false } time
                ? time.Clock.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
                : (value as TextValue)?.ToString(),
            _ => WritePoint(form, (ReadAs(RlmType.Date, value) as DateValue)?.Point),
        };
        if (text is null)
            return Tell(value, place, $"a {ShapeNotation.TypeOf(new TextShape(form))}{(form == TextForm.Day ? " without a time" : "")}");

        json.WriteStringValue(text);
        return null;
    }

    private static string? WriteDuration(TextForm form, Value value) => value switch
    {
        DurationValue duration when form == TextForm.TimeSpan => duration.Duration.ToString("c", CultureInfo.InvariantCulture),
        DurationValue duration => XmlConvert.ToString(duration.Duration),
        _ => (value as TextValue)?.ToString(),
    };

    /// <summary>A day or a time; null for what is less, or for a time of a day where only a day is wanted.</summary>
    private static string? WritePoint(TextForm form, PointInTime? point) => point is not { Precision: DatePrecision.Day or DatePrecision.Time } date ? null
        : form == TextForm.Day ? date.Precision == DatePrecision.Day || date.Clock.TimeOfDay == TimeSpan.Zero
            ? date.Clock.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null
        : form == TextForm.TimeWithOffset && date.Offset is null
            ? date.Clock.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : date.ToIso();

    private string? WriteNumber(NumberShape shape, Value value, string place)
    {
        if (value is DurationValue duration)
            return WriteRaw(ScalarText.Seconds(duration.Duration));
        if (ReadAs(RlmType.Number, value) is not NumberValue number)
            return Tell(value, place, shape.IsWhole ? "a whole number" : "a number");
        if (!shape.IsWhole)
            return WriteRaw(number.ToExact());

        return number.Number is { IsExact: true, InDecimal: var whole } && decimal.Truncate(whole) == whole
            ? WriteRaw(whole.ToString("0", CultureInfo.InvariantCulture))
            : Tell(value, place, "a whole number");
    }

    private string? WriteLabel(LabelShape shape, Value value, string place)
    {
        if (ScalarText.Of(value) is { } text
            && ReplyReader.Read(new LabelType(shape.Labels, null), text, null).Value is { } label)
            return WriteRaw(shape.Json[shape.Labels.ToList().IndexOf(ScalarText.Of(label)!)]);

        return Tell(value, place, ShapeNotation.TypeOf(shape with { AllowsNone = false }));
    }

    private string? WriteList(ListShape shape, Value value, string place)
    {
        if (value is not ListValue list)
            return Tell(value, place, "a list");

        json.WriteStartArray();
        foreach (var (index, item) in list.ReadAll().Index())
        {
            if (Write(shape.Item, item, Invariant($"item {index + 1} of {place}")) is { } problem)
                return problem;
        }

        json.WriteEndArray();
        return null;
    }

    private string? WriteRecord(RecordShapeNode shape, Value value, string place)
    {
        if (value is not RecordValue record)
            return Tell(value, place, $"a record with {string.Join(", ", shape.Fields.Select(static field => $"`{field.Name}`"))}");

        json.WriteStartObject();
        foreach (var field in shape.Fields)
        {
            if (FindField(record, field.Name) is not { } found)
            {
                if (field.IsRequired)
                    return $"{place} has no `{field.Name}`";
                continue;
            }

            // Where a field may be left out and cannot be null, none is left out.
            if (!field.IsRequired && found is NoneValue && !field.Value.AllowsNone && field.Value is not NamedShape)
                continue;
            json.WritePropertyName(field.Name);
            if (Write(field.Value, found, place == "the answer" ? $"`{field.Name}`" : $"`{field.Name}` of {place}") is { } problem)
                return problem;
        }

        json.WriteEndObject();
        return null;
    }

    private static Value? FindField(RecordValue record, string name) => record.Find(name)
        ?? (record.Shape.Names.Where(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [var only]
            ? record.Find(only) : null);

    private string? WriteMap(MapShape shape, Value value, string place)
    {
        var pairs = value switch
        {
            RecordValue record => record.Shape.Names.Zip(record.Fields).ToList(),
            ListValue list when list.ReadAll() is var rows && rows.All(static row => row is RecordValue { Fields.Count: 2 }) =>
                [.. rows.Cast<RecordValue>().Select(static row => (ValueRenderer.InTemplate(row.Fields[0]), row.Fields[1]))],
            _ => null,
        };
        if (pairs is null)
            return Tell(value, place, "a record, or rows of a name and its value");

        var names = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var (name, inner) in pairs)
        {
            if (!names.Add(name))
                return $"{place} has `{Show(name)}` twice";
            json.WritePropertyName(name);
            if (Write(shape.Value, inner, $"`{Show(name)}` of {place}") is { } problem)
                return problem;
        }

        json.WriteEndObject();
        return null;
    }

    private string? WriteChoice(UnionShape shape, Value value, string place)
    {
        var problems = new List<string>();
        foreach (var option in shape.Options)
        {
            var (written, problem) = Write(option, value);
            if (written is not null)
                return WriteRaw(written);
            problems.Add(problem!);
        }

        return $"{place} is none of {shape.Options.Count} shapes: {string.Join("; ", problems)}";
    }

    /// <summary>A value as a type without parts: one of a table by what its column says, any other text as a reply.</summary>
    private static Value? ReadAs(RlmType type, Value value)
    {
        if (value is not TextValue text)
            return value;
        if (text.Column is null)
            return ReplyReader.Read(type, text.ToString(), null).Value;

        return type == RlmType.Number ? Reading.AsNumber(text) is { } number ? new NumberValue(number) : null
            : type == RlmType.Date ? Reading.AsDate(text)
            : Reading.AsBool(text) is { } truth ? BoolValue.Of(truth) : null;
    }

    private string? WriteRaw(string text)
    {
        json.WriteRawValue(text, skipInputValidation: true);
        return null;
    }

    private static string Tell(Value value, string place, string wanted) => $"{place} is {Show(value)}, and must be {wanted}";

    private static string Show(Value value) => value switch
    {
        ListValue list => $"a list of {Amount.Of(list.ReadAll().Count, "item")}",
        RecordValue record => $"a record with {string.Join(", ", record.Shape.Names.Take(12).Select(static name => $"`{name}`"))}",
        _ => $"`{Show(ValueRenderer.InTemplate(value))}`",
    };

    private static string Show(string text) =>
        text.ReplaceLineEndings(" ") is var line && line.Length > MostShownChars ? $"{line[..MostShownChars]}…" : line;
}
