using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>The field of what a call cost, which is left out where nobody knows its price.</summary>
internal static class JournalCost
{
    private const string Field = "costUsd";

    public static void Write(Utf8JsonWriter writer, decimal? costUsd)
    {
        if (costUsd is { } cost)
            writer.WriteNumber(Field, cost);
    }

    public static decimal? Find(JsonElement line) => line.TryGetProperty(Field, out var cost) ? cost.GetDecimal() : null;
}
