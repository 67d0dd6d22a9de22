using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Functions;

/// <summary>What functions are given and give, as JSON.</summary>
internal static class JsonValues
{
    /// <summary>The value; null for none.</summary>
    /// <exception cref="NotSupportedException">No contract says how the value is written as JSON.</exception>
    public static JsonElement? Of(object? value) => value switch
    {
        null => null,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement element => element,
        _ => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
    };
}
