namespace Rlm.Runtime;

/// <summary>What tokens cost, in US dollars for a million.</summary>
/// <param name="InputUsd">A million prompt tokens.</param>
/// <param name="OutputUsd">A million reply tokens.</param>
public sealed record TokenPrice(decimal InputUsd, decimal OutputUsd)
{
    /// <summary>The price of a call's tokens in US dollars.</summary>
    public decimal Of(long inputTokens, long outputTokens) => (inputTokens * InputUsd + outputTokens * OutputUsd) / 1_000_000m;
}
