using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Replies;

/// <summary>
/// The JSON schema that a client may hold a reply to. It says no more than the prompt does, which stays as it is: a reply to the one is a
/// reply to the other.
/// </summary>
internal sealed class ReplyFormat : IReplyConstraint
{
    /// <summary>What holds a reply that is not an object, since the root of a schema must be one.</summary>
    private const string Envelope = "reply";

    /// <summary>What the schema of a row is called that several rows share.</summary>
    private const string Row = "row";

    /// <summary>OpenAI takes more labels only where they are short.</summary>
    private const int MostLabels = 250;

    private readonly bool _isEnveloped;

    private ReplyFormat(JsonElement schema, bool isEnveloped)
    {
        Format = ChatResponseFormat.ForJsonSchema(schema, Envelope);
        Schema = schema.GetRawText();
        Tokens = TokenEstimate.OfText(Schema);
        _isEnveloped = isEnveloped;
    }

    /// <summary>What a client is given.</summary>
    public ChatResponseFormat Format { get; }

    public string Kind => "a JSON schema";

    string IReplyConstraint.Text => Schema;

    /// <summary>Its schema as JSON.</summary>
    public string Schema { get; }

    /// <summary>About how many tokens it adds to a prompt.</summary>
    public long Tokens { get; }

    /// <summary>The format of a schema, whose root is an object.</summary>
    public static ReplyFormat Of(JsonElement schema) => new(schema, isEnveloped: false);

    /// <summary>The format of a reply about so many rows; null for a text, which may be anything.</summary>
    /// <param name="reply">The type of a row's reply, its labels known.</param>
    /// <param name="rows">How many rows the call is about, each of which becomes a property that is named by its number.</param>
    public static ReplyFormat? Of(RlmType reply, int rows)
    {
        if (reply.Required == RlmType.Text || !HasSchema(reply))
            return null;

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (rows > 1)
                WriteRows(json, reply, rows);
            else if (reply is RecordType)
                Write(json, reply);
            else
                WriteObject(json, [new FieldType(Envelope, reply)], static (json, field) => Write(json, field.Type));
        }

        return new ReplyFormat(JsonElement.Parse(buffer.WrittenSpan), rows == 1 && reply is not RecordType);
    }

    /// <summary>The schema of a reply, whatever its root is; null where none can be made.</summary>
    public static JsonElement? SchemaOf(RlmType reply)
    {
        if (!HasSchema(reply))
            return null;

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, reply);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    public void AddTo(ChatOptions options) => options.ResponseFormat = Format;

    /// <summary>The reply as the prompt asks for it; one that is not of the format as it is.</summary>
    public string Open(string reply)
    {
        if (!_isEnveloped || ReplyThoughts.Strip(reply).Trim() is not ['{', .., '}'] text)
            return reply;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateObject().ToArray() is [var only] && only.NameEquals(Envelope)
                ? only.Value.ValueKind switch
                {
                    JsonValueKind.String => only.Value.GetString()!,
                    JsonValueKind.Null => "none",
                    _ => only.Value.GetRawText(),
                }
                : reply;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return reply;
        }
    }

    private static bool HasSchema(RlmType type) => type.Required switch
    {
        LabelType label => label.Labels is { Count: > 0 and <= MostLabels },
        ListType list => HasSchema(list.Item),
        RecordType record => record.Fields.All(static field => HasSchema(field.Type)),
        var other => other == RlmType.Text || other == RlmType.Number || other == RlmType.Bool || other == RlmType.Date || other == RlmType.Quote,
    };

    private static void WriteRows(Utf8JsonWriter json, RlmType reply, int rows)
    {
        WriteObject(
            json,
            [.. Enumerable.Range(1, rows).Select(row => new FieldType(row.ToString(CultureInfo.InvariantCulture), reply))],
            static (json, _) =>
            {
                json.WriteStartObject();
                json.WriteString("$ref", $"#/$defs/{Row}");
                json.WriteEndObject();
            },
            json =>
            {
                json.WriteStartObject("$defs");
                json.WritePropertyName(Row);
                Write(json, reply);
                json.WriteEndObject();
            });
    }

    private static void WriteObject(
        Utf8JsonWriter json, IReadOnlyList<FieldType> fields, Action<Utf8JsonWriter, FieldType> write, Action<Utf8JsonWriter>? writeRest = null)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            write(json, field);
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (var field in fields)
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
        writeRest?.Invoke(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RlmType type)
    {
        if (type is OptionalType { Inner: RecordType or ListType } optional)
        {
            json.WriteStartObject();
            json.WriteStartArray("anyOf");
            Write(json, optional.Inner);
            json.WriteStartObject();
            json.WriteString("type", "null");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else if (type is RecordType record)
        {
            WriteObject(json, record.Fields, static (json, field) => Write(json, field.Type));
        }
        else if (type is ListType list)
        {
            json.WriteStartObject();
            json.WriteString("type", "array");
            json.WritePropertyName("items");
            Write(json, list.Item);
            json.WriteEndObject();
        }
        else
        {
            WriteScalar(json, type);
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, RlmType type)
    {
        string name = type.Required == RlmType.Number ? "number" : type.Required == RlmType.Bool ? "boolean" : "string";

        // Where `none` is a label, no reply says that there is none.
        bool allowsNone = type is OptionalType && !ReplyReader.HasNoneLabel(type.Required);
        json.WriteStartObject();
        if (allowsNone)
        {
            json.WriteStartArray("type");
            json.WriteStringValue(name);
            json.WriteStringValue("null");
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("type", name);
        }

        if (type.Required is LabelType { Labels: { } labels })
        {
            json.WriteStartArray("enum");
            foreach (string label in labels.Distinct(StringComparer.Ordinal))
                json.WriteStringValue(label);
            if (allowsNone)
                json.WriteNullValue();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
