using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Server.Protocol;

/// <summary>What a reply tells of the run that made it, under <c>rlm</c>; clients that do not know it leave it out.</summary>
internal static class RunFields
{
    public static void Write(Utf8JsonWriter writer, ChatResponse response)
    {
        if (response.RawRepresentation is not RlmResult result)
            return;

        writer.WriteStartObject("rlm");
        writer.WriteNumber("calls", result.Usage.Calls);
        writer.WriteNumber("steps", result.Usage.Steps);
        writer.WriteBoolean("partial", result.IsPartial);
        WriteTexts(writer, "reasons", result.Reasons);
        WriteTexts(writer, "losses", result.Losses.Select(loss => loss.Text));
        WriteTexts(writer, "notes", result.Notes);
        WriteTexts(writer, "citations", result.Citations);
        if (result.Usage.CostUsd is { } cost)
            writer.WriteNumber("cost_usd", cost);
        else
            writer.WriteNull("cost_usd");
        writer.WriteNumber("elapsed_ms", (long)result.Usage.Elapsed.TotalMilliseconds);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
