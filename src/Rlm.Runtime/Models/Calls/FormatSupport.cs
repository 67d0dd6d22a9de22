using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models.Calls;

/// <summary>Which clients have turned out not to take a JSON schema of the reply, although they, or who made them, say so.</summary>
internal static class FormatSupport
{
    private static readonly string[] Signs =
        ["response_format", "responseformat", "json_schema", "json schema", "structured output", "guided decoding", "grammar"];

    private static readonly ConditionalWeakTable<IChatClient, object> Refusing = [];

    /// <summary>Whether the client refused a schema, and took the same prompt without.</summary>
    public static bool IsRefused(IChatClient client) => Refusing.TryGetValue(client, out _);

    public static void SetRefused(IChatClient client) => Refusing.AddOrUpdate(client, Signs);

    /// <summary>Whether a schema may be the reason of a failure, so that the call is worth making without.</summary>
    public static bool MayCause(ModelException failure) => failure.Failure == ModelFailure.BadRequest
        || failure.InnerException is NotSupportedException
        || Array.Exists(Signs, sign => failure.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
