
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime;

/// <summary>What a journal holds of one call.</summary>
/// <param name="Reply">The reply; null for a call that failed.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Message">The failure's message; null for a reply.</param>
/// <param name="IsCounted">Whether taking it counts as a call, as in a replay of the run that made it.</param>
internal sealed record HeldReply(ModelReply? Reply, ModelFailure Failure, string? Message, bool IsCounted)
{
    /// <summary>The tokens that a failed call was charged, without a text; null for none.</summary>
    public ModelReply? Charged { get; init; }

    /// <summary>Which limit refused the call, or cut its reply short; null where none did.</summary>
    public string? Limit { get; init; }

    /// <summary>Whether a later run may take it instead of asking.</summary>
    public bool IsUsable => Reply is not null && Limit is null;
}
