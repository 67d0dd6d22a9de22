using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Rlm.Runtime.Answers;

/// <summary>The JSON schema of a .NET type, enums by their names.</summary>
internal static class TypeSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) =>
            schema is JsonObject node ? MarkLeftOut(context.PropertyInfo, Adapt(context.TypeInfo.Type, node)) : schema,
    };

    /// <summary>The schema, with words of this library's own in it.</summary>
    public static JsonElement Of(JsonTypeInfo type) => ToElement(type.GetJsonSchemaAsNode(Options));

    /// <summary>The schema as others may see it.</summary>
    public static JsonElement WithoutOwnWords(JsonElement schema)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        Strip(node);
        return ToElement(node);
    }

    private static JsonElement ToElement(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonObject MarkLeftOut(JsonPropertyInfo? property, JsonObject schema)
    {
        if (property is { ShouldSerialize: not null } or { Get: null })
            schema[SchemaReader.LeftOut] = true;
        return schema;
    }

    private static JsonObject Adapt(Type type, JsonObject schema)
    {
        var required = Nullable.GetUnderlyingType(type) ?? type;
        string? form = required == typeof(TimeSpan) ? nameof(TextForm.TimeSpan)
            : required == typeof(DateTimeOffset) ? nameof(TextForm.TimeWithOffset)
            : null;
        if (form is not null)
            schema[SchemaReader.Form] = form;
        if (schema.ContainsKey("properties"))
            schema[SchemaReader.TypeName] = required.FullName;
        if (schema["type"] is not { } types)
            return schema;

        // Numbers that may be read from texts are written as numbers all the same.
        string[] names = types is JsonArray several ? [.. several.Select(static name => name!.GetValue<string>())] : [types.GetValue<string>()];
        if (names.Contains("string") && Array.Find(names, static name => name is "integer" or "number") is { } number)
        {
            schema.Remove("pattern");
            SetType(schema, number, names.Contains("null"));
        }

        // An enum whose JSON is a number is asked for by its names.
        if (required.IsEnum && schema["enum"] is null)
            NameValues(required, schema, names.Contains("null"));
        return schema;
    }

    private static void NameValues(Type type, JsonObject schema, bool allowsNull)
    {
        string[] names = Enum.GetNames(type);
        schema["enum"] = new JsonArray([.. names.Select(static name => (JsonNode?)JsonValue.Create(name)), .. allowsNull ? [null] : (JsonNode?[])[]]);
        schema[SchemaReader.Values] = new JsonArray(
            [.. names.Select(name => JsonNode.Parse(Enum.Format(type, Enum.Parse(type, name), "d")))]);
        SetType(schema, "string", allowsNull);
    }

    private static void SetType(JsonObject schema, string type, bool allowsNull) =>
        schema["type"] = allowsNull ? new JsonArray(type, "null") : type;

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Strip(item);
        }
        else if (node is JsonObject schema)
        {
            schema.Remove(SchemaReader.Form);
            schema.Remove(SchemaReader.Values);
            schema.Remove(SchemaReader.LeftOut);
            schema.Remove(SchemaReader.TypeName);
            foreach (var (_, value) in schema)
                Strip(value);
        }
    }
}
