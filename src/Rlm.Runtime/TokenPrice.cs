namespace Rlm.Runtime;

/// <summary>What tokens cost, in US dollars for a million.</summary>
/// <param name="InputUsd">A million prompt tokens.</param>
/// <param name="OutputUsd">A million reply tokens.</param>
public sealed record TokenPrice(decimal InputUsd, decimal OutputUsd)
{
    /// <summary>A million prompt tokens that the provider had in its cache. Null, the default, for <see cref="InputUsd"/>.</summary>
    public decimal? CachedInputUsd { get; init; }

    /// <summary>A million prompt tokens that the provider wrote to its cache. Null, the default, for <see cref="InputUsd"/>.</summary>
    public decimal? CacheWriteUsd { get; init; }

    /// <summary>The price of a call's tokens in US dollars, whatever the provider's cache does: at most that.</summary>
    public decimal Of(long inputTokens, long outputTokens) =>
        (inputTokens * Math.Max(InputUsd, Math.Max(CachedInputUsd ?? 0, CacheWriteUsd ?? 0)) + outputTokens * OutputUsd) / 1_000_000m;

    /// <summary>The price of a call that was made, in US dollars.</summary>
    /// <param name="inputTokens">Tokens of the prompt, all of them.</param>
    /// <param name="outputTokens">Tokens of the reply.</param>
    /// <param name="cachedInputTokens">Those of the prompt that the provider had in its cache.</param>
    /// <param name="cacheWriteTokens">Those of the prompt that it wrote there.</param>
    public decimal Of(long inputTokens, long outputTokens, long cachedInputTokens, long cacheWriteTokens)
    {
        long cached = Math.Clamp(cachedInputTokens, 0, Math.Max(0, inputTokens)), written = Math.Clamp(cacheWriteTokens, 0, Math.Max(0, inputTokens - cached));
        return ((inputTokens - cached - written) * InputUsd + cached * (CachedInputUsd ?? InputUsd) + written * (CacheWriteUsd ?? InputUsd) + outputTokens * OutputUsd) / 1_000_000m;
    }
}
