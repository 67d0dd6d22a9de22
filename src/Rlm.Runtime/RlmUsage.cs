using Rlm.Runtime.Budget;

namespace Rlm;

/// <summary>What a run has used. Its properties may become more, which breaks nobody who reads or makes one.</summary>
public sealed record RlmUsage
{
    /// <summary>
    /// Sub-calls that were made, those of paid stages with the turns of roots that these ask; replies taken from a journal are none.
    /// </summary>
    public int Calls { get; init; }

    /// <summary>Sub-calls that may still be made.</summary>
    public int CallsLeft { get; init; }

    /// <summary>Turns of the root, and of those that stages ask.</summary>
    public int Steps { get; init; }

    /// <summary>Calls to the run's own root that were made; fewer than <see cref="Steps"/> where replies were taken from a journal.</summary>
    public int RootCalls { get; init; }

    /// <summary>Prompt tokens, as the provider counts them.</summary>
    public long InputTokens { get; init; }

    /// <summary>Reply tokens, as the provider counts them.</summary>
    public long OutputTokens { get; init; }

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

    /// <summary>US dollars by the price of the options; null without one.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>
    /// What stages read that look at each line or row, in order; those of one name are added up. A search such as <c>grep</c> counts no lines.
    /// </summary>
    public IReadOnlyList<RlmReading> Readings { get; init; } = [];

    /// <summary>
    /// What shards paid for the replies that the run took from their parts, which is counted nowhere else; null for a run without parts that were
    /// paid for. Its calls are those with a reply.
    /// </summary>
    public RlmUsage? Shards { get; init; }

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed { get; init; }

    internal TokenCounts Tokens
    {
        get => new(InputTokens, OutputTokens, CachedInputTokens, CacheWriteTokens);
        init => (InputTokens, OutputTokens, CachedInputTokens, CacheWriteTokens) = (value.Input, value.Output, value.CachedInput, value.CacheWrite);
    }
}
