namespace Rlm;

/// <summary>What one paid stage would spend. Calls whose reply is there already, and identical ones, are none.</summary>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Certainty">What the numbers mean.</param>
public sealed record SpendingStage(string Stage, SpendingCertainty Certainty)
{
    /// <summary>Calls, re-asks left out but those about replies that are there already and are of no use.</summary>
    public long Calls { get; init; }

    /// <summary>Calls with every re-ask that there may be.</summary>
    public long MaxCalls { get; init; }

    /// <summary>Tokens of the prompts of <see cref="Calls"/>, estimated.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of the prompts with every re-ask, estimated.</summary>
    public long MaxInputTokens { get; init; }

    /// <summary>Tokens of the replies to <see cref="Calls"/> at most.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens of the replies with every re-ask at most.</summary>
    public long MaxOutputTokens { get; init; }

    /// <summary>US dollars of <see cref="Calls"/> at most; null where nobody knows the price.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>US dollars with every re-ask at most; null where nobody knows the price.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Whether there are no calls since there is nothing to ask about; else every reply is there where there are none.</summary>
    public bool AsksNothing { get; init; }

    /// <summary>
    /// What has to happen before the numbers are known, such as <c>`map llm "…"` has been asked</c>; null where they are.
    /// </summary>
    public string? KnownAfter { get; init; }
}
