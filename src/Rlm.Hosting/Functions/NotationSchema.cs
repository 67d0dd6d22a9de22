using System.Text.Json.Nodes;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;

namespace Rlm.Hosting.Functions;

/// <summary>The JSON schema of a type in the language's notation.</summary>
internal static class NotationSchema
{
    /// <exception cref="ArgumentException">It is not a type.</exception>
    public static JsonObject Of(string notation) => Of(TypeNotation.Parse(notation));

    private static JsonObject Of(RlmType type)
    {
        var schema = type.Required switch
        {
            ListType list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) },
            RecordType record => OfRecord(record),
            LabelType { Labels: { } labels } => new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. labels.Select(label => (JsonNode?)label)]),
            },
            var scalar when scalar == RlmType.Number => new JsonObject { ["type"] = "number" },
            var scalar when scalar == RlmType.Bool => new JsonObject { ["type"] = "boolean" },
            var scalar when scalar == RlmType.Date => new JsonObject { ["type"] = "string", ["description"] = "A date, as 2026-03-01." },
            _ => new JsonObject { ["type"] = "string" },
        };
        return type is OptionalType ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;
    }

    private static JsonObject OfRecord(RecordType record)
    {
        var properties = new JsonObject();
        foreach (var field in record.Fields)
            properties[field.Name] = Of(field.Type);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(
                [.. record.Fields.Where(field => field.Type is not OptionalType).Select(field => (JsonNode?)field.Name)]),
        };
    }
}
