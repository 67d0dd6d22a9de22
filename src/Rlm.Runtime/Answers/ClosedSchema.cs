using System.Text.Json.Nodes;

namespace Rlm.Runtime.Answers;

/// <summary>Closes the objects of a schema, as OpenAI and Anthropic want it of one that a model is held to.</summary>
internal static class ClosedSchema
{
    /// <summary>Forbids other fields where the schema names some and says nothing of others; parts of an <c>allOf</c> stay open.</summary>
    public static void Close(JsonNode? schema)
    {
        if (schema is not JsonObject word)
            return;

        if (word["properties"] is JsonObject && !word.ContainsKey("additionalProperties"))
            word["additionalProperties"] = false;
        foreach (string map in (ReadOnlySpan<string>)["properties", "$defs", "definitions"])
        {
            foreach (var (_, named) in word[map] as JsonObject ?? [])
                Close(named);
        }

        foreach (string list in (ReadOnlySpan<string>)["anyOf", "oneOf", "prefixItems"])
        {
            foreach (var part in word[list] as JsonArray ?? [])
                Close(part);
        }

        Close(word["items"]);
        Close(word["additionalProperties"]);
    }
}
