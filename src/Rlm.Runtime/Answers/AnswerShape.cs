using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Rlm.Dsl.Types;
using Rlm.Runtime.Answers;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Values;

namespace Rlm;

/// <summary>The shape that an answer must have: that of a .NET type, or of a JSON schema.</summary>
/// <remarks>
/// A root is told of it, an <c>answer</c> of another type is an error of its program, and the answer of the run is JSON of the shape.
/// What a schema says beyond types, names, enums and what is required, as <c>minimum</c> or <c>pattern</c>, is not checked.
/// </remarks>
public sealed class AnswerShape
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, AnswerShape> OfTypes = [];

    private readonly ShapeNode _node;
    private readonly Func<string, string?> _findFault;

    private AnswerShape(JsonElement schema, Func<string, string?> findFault)
    {
        _node = new SchemaReader(schema).Read();
        _findFault = findFault;
        Schema = TypeSchema.WithoutOwnWords(schema);
        Notation = ShapeNotation.TypeOf(_node);
    }

    /// <summary>The JSON schema.</summary>
    public JsonElement Schema { get; }

    /// <summary>The type in the language's own terms, such as <c>{team: text, wins: whole number}</c>.</summary>
    public string Notation { get; }

    /// <summary>The shape of a .NET type: records, enums by name, lists, dictionaries, numbers, bool, dates, texts, nested as they are.</summary>
    /// <param name="type">The type's contract, as source generation makes it.</param>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    public static AnswerShape Of<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return OfTypes.GetValue(type, static type => new AnswerShape(TypeSchema.Of(type), json => FindFault(json, (JsonTypeInfo<T>)type)));
    }

    /// <summary>The shape that a JSON schema says.</summary>
    /// <param name="schema">The schema, of which references lead to places in itself.</param>
    /// <exception cref="ArgumentException">It is not a schema, or refers to what it does not hold.</exception>
    public static AnswerShape Of(JsonElement schema) => new(schema.Clone(), static _ => null);

    /// <summary>The shape that a JSON schema says, and whose values a host reads.</summary>
    internal static AnswerShape Of<T>(string schema, Func<JsonElement, T> read) =>
        new(JsonElement.Parse(schema), json => FindFault(() => read(JsonElement.Parse(json))));

    /// <summary>The type in the language's own terms.</summary>
    public override string ToString() => Notation;

    /// <summary>What a root is told.</summary>
    internal string Instruction =>
        $"The answer must be a value of the type {PromptMarkers.Defuse(Notation)}, not a text about it: {HowToWrite}. Field names are written so; values are exact.";

    /// <summary>How an answer is written, as the help of an error.</summary>
    internal string HowToWrite => ShapeNotation.HintOf(_node) is { } hint
        ? $"write `answer {ShapeNotation.ExampleOf(_node)}`, or {hint}"
        : $"write `answer {ShapeNotation.ExampleOf(_node)}` with what was found";

    /// <summary>
    /// The schema that a client may be asked to keep to, whose root must be an object; null where none can be made. Its objects have no other
    /// fields than those that it names: others would be left out.
    /// </summary>
    internal JsonElement? ObjectSchema
    {
        get
        {
            var schema = JsonNode.Parse(Schema.GetRawText());
            ClosedSchema.Close(schema);
            if (_node is not (RecordShapeNode or MapShape))
            {
                if (Schema.GetRawText().Contains("\"$ref\"", StringComparison.Ordinal))
                    return null;

                schema = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["answer"] = schema },
                    ["required"] = new JsonArray("answer"),
                    ["additionalProperties"] = false,
                };
            }

            return JsonElement.Parse(schema!.ToJsonString());
        }
    }

    /// <summary>The type of its values, as far as it says one.</summary>
    internal RlmType Type => field ??= ShapeTypes.TypeOf(_node);

    /// <summary>Whether any text is an answer of the shape.</summary>
    internal bool IsText => _node is TextShape { Form: TextForm.Plain };

    /// <summary>Why no value of a type can be the answer, as the message and the help of an error; null where one may be.</summary>
    internal (string Message, string Help)? FindMismatch(RlmType type) =>
        !IsText && ShapeTypes.FindMismatch(_node, type) is { } problem
            ? ($"the answer must be {Notation}, and {problem}", HowToWrite)
            : null;

    /// <summary>The value as JSON of the shape, or what does not fit, in one line without a full stop.</summary>
    internal (string? Json, string? Problem) Read(Value value)
    {
        if (IsText)
            value = new TextValue(ValueRenderer.AsAnswer(value));
        else if (value is TextValue text && ParseJson(text.ToString()) is { } parsed)
            value = parsed;

        var (json, problem) = ShapeWriter.Write(_node, value);
        return json is null ? (null, problem) : _findFault(json) is { } fault ? (null, fault) : (json, null);
    }

    /// <summary>The same of a model's reply.</summary>
    internal (string? Json, string? Problem) Read(string reply) => Read(new TextValue(reply.Trim()));

    /// <summary>The object or array that a text is; null where it is none.</summary>
    private static Value? ParseJson(string text)
    {
        string json = ReplyWrapping.Json(text);
        return json is ['{' or '[', ..] ? new JsonRows().Read(null, System.Text.Encoding.UTF8.GetBytes(json), null, out _) : null;
    }

    private static string? FindFault<T>(string json, JsonTypeInfo<T> type) => FindFault(() => JsonSerializer.Deserialize(json, type));

    /// <summary>Why the JSON is not taken; null where it is.</summary>
    private static string? FindFault<T>(Func<T> read)
    {
        try
        {
            _ = read();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or OverflowException
            or InvalidOperationException)
        {
            return $"it is not taken: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
        }
    }
}
