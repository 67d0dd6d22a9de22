namespace Rlm.Runtime;

/// <summary>What a paid stage is about to spend, before its first call.</summary>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Calls">Calls that it makes; those whose reply is there already are none.</param>
/// <param name="MaxCalls">Calls with every re-ask that there may be.</param>
/// <param name="InputTokens">Tokens of the prompts, estimated.</param>
/// <param name="MaxOutputTokens">Tokens of the replies at most.</param>
/// <param name="MaxCostUsd">US dollars of that at most, without re-asks; null where nobody knows the price.</param>
public sealed record SpendingPlan(string Stage, int Calls, int MaxCalls, long InputTokens, long MaxOutputTokens, decimal? MaxCostUsd)
{
    /// <summary>Whether these are a root's turns: calls, tokens and money are those of the first one, <see cref="MaxCalls"/> all turns. Its programs are not known yet.</summary>
    public bool IsRoot { get; init; }
}
