using Rlm.Runtime.Budget;

namespace Rlm;

/// <summary>What a run has used.</summary>
/// <param name="Calls">Sub-calls that were made, those of paid stages; replies taken from a journal are none.</param>
/// <param name="CallsLeft">Sub-calls that may still be made.</param>
/// <param name="Steps">Root turns.</param>
/// <param name="InputTokens">Prompt tokens, as the provider counts them.</param>
/// <param name="OutputTokens">Reply tokens, as the provider counts them.</param>
/// <param name="CostUsd">US dollars by the price of the options; null without one.</param>
/// <param name="Elapsed">Time since the run began.</param>
public sealed record RlmUsage(int Calls, int CallsLeft, int Steps, long InputTokens, long OutputTokens, decimal? CostUsd, TimeSpan Elapsed)
{
    internal RlmUsage(int calls, int callsLeft, int steps, TokenCounts tokens, decimal? costUsd, TimeSpan elapsed)
        : this(calls, callsLeft, steps, tokens.Input, tokens.Output, costUsd, elapsed) =>
            (CachedInputTokens, CacheWriteTokens) = (tokens.CachedInput, tokens.CacheWrite);

    /// <summary>Calls to the root that were made; fewer than <see cref="Steps"/> where replies were taken from a journal.</summary>
    public int RootCalls { get; init; }

    /// <summary>
    /// Those of <see cref="InputTokens"/> that the provider had in its cache, where it says so; they cost what
    /// <see cref="TokenPrice.CachedInputUsd"/> says.
    /// </summary>
    public long CachedInputTokens { get; init; }

    /// <summary>
    /// Those of <see cref="InputTokens"/> that the provider wrote to its cache, where it says so; they cost what
    /// <see cref="TokenPrice.CacheWriteUsd"/> says.
    /// </summary>
    public long CacheWriteTokens { get; init; }

    internal TokenCounts Tokens => new(InputTokens, OutputTokens, CachedInputTokens, CacheWriteTokens);
}
