using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models.Calls;

/// <summary>Which clients have turned out not to take JSON schemas or grammars of replies, or one of them, although they, or who made them, say so.</summary>
internal static class FormatSupport
{
    private static readonly string[] Signs =
        ["response_format", "responseformat", "output_config", "json_schema", "json schema", "structured output", "guided decoding", "grammar"];

    /// <summary>After so many schemas none is tried any more, where the client took none.</summary>
    private const int MostRefused = 2;

    private static readonly ConditionalWeakTable<IChatClient, Schemas> Tried = [];

    /// <summary>Whether the client refused the schema, or all that it was given, and took the same prompts without.</summary>
    public static bool IsRefused(IChatClient client, IReplyConstraint constraint) => Tried.TryGetValue(client, out var schemas)
        && (schemas.Refused.TryGetValue(constraint.Text, out _) || (!schemas.HasTaken && schemas.Refused.Count >= MostRefused));

    public static void SetRefused(IChatClient client, IReplyConstraint constraint) =>
        Tried.GetOrCreateValue(client).Refused.GetOrAdd(constraint.Text, true);

    public static void SetTaken(IChatClient client) => Tried.GetOrCreateValue(client).HasTaken = true;

    /// <summary>Whether a schema may be the reason of a failure, so that the call is worth making without.</summary>
    public static bool MayCause(ModelException failure) => failure.Failure == ModelFailure.BadRequest
        || failure.InnerException is NotSupportedException
        || Array.Exists(Signs, sign => failure.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private sealed class Schemas
    {
        public volatile bool HasTaken;

        public Memo<string, bool> Refused { get; } = new(StringComparer.Ordinal);
    }
}
