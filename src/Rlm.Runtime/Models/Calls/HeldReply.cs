using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What a journal holds of one call.</summary>
/// <param name="Reply">The reply; null for a call that failed or was refused.</param>
/// <param name="IsCounted">Whether taking it counts as a call, as in a replay of the run that made it.</param>
internal sealed record HeldReply(ModelReply? Reply, bool IsCounted)
{
    /// <summary>Why it failed.</summary>
    public ModelFailure Failure { get; init; }

    /// <summary>The failure's message; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>The tokens that a call without a reply was charged; null for none.</summary>
    public TokenCounts? Charged { get; init; }

    /// <summary>Which limit refused the call, or cut it or its reply short; null where none did.</summary>
    public string? Limit { get; init; }

    /// <summary>Whether a later run may take it instead of asking.</summary>
    public bool IsUsable => Reply is not null && Limit is null;
}
