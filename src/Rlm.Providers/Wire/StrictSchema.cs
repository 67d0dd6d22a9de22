using System.Collections.Frozen;
using System.Text.Json;

namespace Rlm.Providers.Wire;

/// <summary>Tells schemas that OpenAI can hold a model to: each object is closed and requires all that it names.</summary>
/// <remarks>Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas.</remarks>
internal static class StrictSchema
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "description",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the whole schema is strict; its root must be an object.</summary>
    public static bool Is(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out _) && IsStrict(schema);

    private static bool IsStrict(JsonElement schema) => schema.ValueKind == JsonValueKind.Object
        && schema.EnumerateObject().All(word => Words.Contains(word.Name) && word.Name switch
        {
            "properties" => IsClosed(schema, word.Value) && word.Value.EnumerateObject().All(static property => IsStrict(property.Value)),
            "$defs" => word.Value.EnumerateObject().All(static named => IsStrict(named.Value)),
            "items" => IsStrict(word.Value),
            "anyOf" => word.Value.EnumerateArray().All(IsStrict),
            _ => true,
        })
        && (schema.TryGetProperty("properties", out _) || !IsObject(schema));

    /// <summary>An object without named properties may hold anything, which is never strict.</summary>
    private static bool IsObject(JsonElement schema) => schema.TryGetProperty("type", out var type)
        && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(static name => name.ValueEquals("object")) : type.ValueEquals("object"));

    private static bool IsClosed(JsonElement schema, JsonElement properties) =>
        schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False
        && schema.TryGetProperty("required", out var required)
        && properties.EnumerateObject().Select(static property => property.Name)
            .ToHashSet(StringComparer.Ordinal).SetEquals(required.EnumerateArray().Select(static name => name.GetString()!));
}
