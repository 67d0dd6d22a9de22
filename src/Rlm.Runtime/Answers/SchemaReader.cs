using System.Text.Json;

namespace Rlm.Runtime.Answers;

/// <summary>Reads a JSON schema as a shape. What only narrows a type further, as <c>pattern</c>, is left to whoever takes the answer.</summary>
internal sealed class SchemaReader(JsonElement root)
{
    /// <summary>What <see cref="TypeSchema"/> says beside the words of JSON Schema.</summary>
    public const string Form = "x-rlm-form", Values = "x-rlm-values", LeftOut = "x-rlm-left-out", TypeName = "x-rlm-type";

    private const int MostReferences = 20;

    private readonly Dictionary<string, ShapeNode> _named = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The schema is none, or refers to what is not there.</exception>
    public ShapeNode Read() => Resolve(Read(root), 0);

    private static ShapeNode Resolve(ShapeNode node, int depth) => node is not NamedShape named ? node
        : depth < MostReferences ? Resolve(named.Target.Value, depth + 1)
        : throw new ArgumentException("The JSON schema refers to itself only.");

    private ShapeNode Read(JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.True)
            return new AnyShape { AllowsNone = true };
        if (schema.ValueKind is not JsonValueKind.Object)
            throw new ArgumentException($"A JSON schema is an object, and this is {schema.ValueKind}.");
        if (schema.TryGetProperty("$ref", out var reference))
            return ReadReference(reference.GetString()!);
        if (schema.TryGetProperty("enum", out var labels))
            return ReadLabels([.. labels.EnumerateArray()], schema);
        if (schema.TryGetProperty("const", out var only))
            return ReadLabels([only], schema);
        if (schema.TryGetProperty("anyOf", out var options) || schema.TryGetProperty("oneOf", out options))
            return ReadChoice(schema, options);
        if (schema.TryGetProperty("allOf", out var parts) && parts.GetArrayLength() == 1)
            return Read(parts[0]);
        return ReadTypes(schema);
    }

    private ShapeNode ReadTypes(JsonElement schema)
    {
        string[] types = !schema.TryGetProperty("type", out var type)
            ? schema.TryGetProperty("properties", out _) ? ["object"] : schema.TryGetProperty("items", out _) ? ["array"] : []
            : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static name => name.GetString()!)]
            : [type.GetString()!];
        ShapeNode[] shapes = [.. types.Where(static name => name != "null").Select(name => ReadType(name, schema))];
        bool allowsNone = types.Contains("null");
        return types.Length == 0 ? new AnyShape { AllowsNone = true }
            : shapes.Length == 0 ? new AnyShape { AllowsNone = true }
            : shapes.Length == 1 ? shapes[0] with { AllowsNone = allowsNone }
            : new UnionShape(shapes) { AllowsNone = allowsNone };
    }

    private ShapeNode ReadType(string type, JsonElement schema) => type switch
    {
        "string" => new TextShape(FormOf(schema)),
        "number" => new NumberShape(false),
        "integer" => new NumberShape(true),
        "boolean" => new BoolShape(),
        "array" => new ListShape(schema.TryGetProperty("items", out var items) ? Read(items) : new AnyShape { AllowsNone = true }),
        "object" => ReadObject(schema),
        _ => throw new ArgumentException($"The JSON schema has the type `{type}`, which there is not."),
    };

    private ShapeNode ReadObject(JsonElement schema)
    {
        if (schema.TryGetProperty("properties", out var properties))
        {
            var required = RequiredOf(schema);
            return new RecordShapeNode([.. properties.EnumerateObject().Select(
                property => new ShapeField(property.Name, Read(property.Value), required.Contains(property.Name))
                {
                    MayBeLeftOut = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(LeftOut, out _),
                })])
            {
                TypeName = schema.TryGetProperty(TypeName, out var type) ? type.GetString() : null,
            };
        }

        return new MapShape(schema.TryGetProperty("additionalProperties", out var value)
            && value.ValueKind is JsonValueKind.Object ? Read(value) : new AnyShape { AllowsNone = true });
    }

    private ShapeNode ReadChoice(JsonElement schema, JsonElement options)
    {
        var required = RequiredOf(schema);
        var shapes = options.EnumerateArray().Where(static option => !IsNull(option)).Select(option => Read(option) switch
        {
            RecordShapeNode record => record with
            {
                Fields = [.. record.Fields.Select(field => required.Contains(field.Name) ? field with { IsRequired = true } : field)],
            },
            var other => other,
        }).ToList();
        bool allowsNone = options.EnumerateArray().Any(IsNull) || shapes.Any(static shape => shape.AllowsNone);
        return shapes.Count switch
        {
            0 => new AnyShape { AllowsNone = true },
            1 => shapes[0] with { AllowsNone = allowsNone },
            _ => new UnionShape(shapes) { AllowsNone = allowsNone },
        };
    }

    private static bool IsNull(JsonElement option) => option.ValueKind == JsonValueKind.Object
        && option.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("null");

    private static LabelShape ReadLabels(IReadOnlyList<JsonElement> labels, JsonElement schema)
    {
        JsonElement[] there = [.. labels.Where(static label => label.ValueKind != JsonValueKind.Null)];
        string[] json = schema.TryGetProperty(Values, out var values)
            ? [.. values.EnumerateArray().Select(static value => value.GetRawText())]
            : [.. there.Select(static label => label.GetRawText())];
        return new LabelShape(
            [.. there.Select(static label => label.ValueKind == JsonValueKind.String ? label.GetString()! : label.GetRawText())], json)
        {
            AllowsNone = there.Length < labels.Count,
        };
    }

    private ShapeNode ReadReference(string pointer)
    {
        if (_named.TryGetValue(pointer, out var known))
            return known;

        var named = new NamedShape(new Lazy<ShapeNode>(() => Read(Find(pointer))));
        _named.Add(pointer, named);
        // What is not there is told now.
        _ = Find(pointer);
        return named;
    }

    private JsonElement Find(string pointer)
    {
        var found = root;
        foreach (string part in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var inner))
                found = inner;
            else if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, out int index) && index < found.GetArrayLength())
                found = found[index];
            else
                throw new ArgumentException($"The JSON schema refers to `{pointer}`, which it does not hold.");
        }

        return found;
    }

    private static HashSet<string> RequiredOf(JsonElement schema) => schema.TryGetProperty("required", out var required)
        ? [.. required.EnumerateArray().Select(static name => name.GetString()!)]
        : [];

    private static TextForm FormOf(JsonElement schema)
    {
        if (schema.TryGetProperty(Form, out var form))
            return Enum.Parse<TextForm>(form.GetString()!);

        return !schema.TryGetProperty("format", out var format) ? TextForm.Plain : format.GetString() switch
        {
            "date" => TextForm.Day,
            "date-time" => TextForm.Time,
            "time" => TextForm.Clock,
            "duration" => TextForm.Duration,
            _ => TextForm.Plain,
        };
    }
}
