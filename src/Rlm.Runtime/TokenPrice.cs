namespace Rlm;

/// <summary>What tokens cost, in US dollars for a million.</summary>
/// <param name="InputUsd">A million prompt tokens.</param>
/// <param name="OutputUsd">A million reply tokens.</param>
public sealed record TokenPrice(decimal InputUsd, decimal OutputUsd)
{
    /// <summary>A million prompt tokens that the provider had in its cache. Null, the default, for <see cref="InputUsd"/>.</summary>
    public decimal? CachedInputUsd { get; init; }

    /// <summary>A million prompt tokens that the provider wrote to its cache. Null, the default, for <see cref="InputUsd"/>.</summary>
    public decimal? CacheWriteUsd { get; init; }

    /// <summary>
    /// What a call costs whose prompt has more tokens than <see cref="LongPromptTokens"/>, all of it, the reply
    /// too. Null, the default, for the same.
    /// </summary>
    public TokenPrice? LongPrompt { get; init; }

    /// <summary>
    /// The most tokens of a prompt that is not long, those in the provider's cache included. Ignored without <see cref="LongPrompt"/>.
    /// </summary>
    public long LongPromptTokens { get; init; }

    /// <summary>The price of one call's tokens in US dollars, whatever the provider's cache does: at most that.</summary>
    public decimal Of(long inputTokens, long outputTokens) => ForPrompt(inputTokens).OfSum(inputTokens, outputTokens);

    /// <summary>The price of one call that was made, in US dollars.</summary>
    /// <param name="inputTokens">Tokens of the prompt, all of them.</param>
    /// <param name="outputTokens">Tokens of the reply.</param>
    /// <param name="cachedInputTokens">Those of the prompt that the provider had in its cache.</param>
    /// <param name="cacheWriteTokens">Those of the prompt that it wrote there.</param>
    public decimal Of(long inputTokens, long outputTokens, long cachedInputTokens, long cacheWriteTokens)
    {
        var price = ForPrompt(inputTokens);
        long cached = Math.Clamp(
            cachedInputTokens, 0, Math.Max(0, inputTokens)), written = Math.Clamp(cacheWriteTokens, 0, Math.Max(0, inputTokens - cached));
        return ((inputTokens - cached - written) * price.InputUsd + cached * (price.CachedInputUsd
            ?? price.InputUsd) + written * (price.CacheWriteUsd ?? price.InputUsd)
            + outputTokens * price.OutputUsd) / 1_000_000m;
    }

    /// <summary>What a call with so long a prompt costs.</summary>
    internal TokenPrice ForPrompt(long inputTokens) => LongPrompt is { } dearer && inputTokens > LongPromptTokens ? dearer : this;

    /// <summary>
    /// The price of several calls' tokens at most, whatever the length of each prompt: <see cref="ForPrompt"/> of the longest goes before.
    /// </summary>
    internal decimal OfSum(long inputTokens, long outputTokens) =>
        (inputTokens * Math.Max(InputUsd, Math.Max(CachedInputUsd ?? 0, CacheWriteUsd ?? 0)) + outputTokens * OutputUsd) / 1_000_000m;
}
