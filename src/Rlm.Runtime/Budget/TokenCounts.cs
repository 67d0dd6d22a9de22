namespace Rlm.Runtime.Budget;

/// <summary>Tokens that were used or charged.</summary>
/// <param name="Input">Those of prompts, the provider's cache included.</param>
/// <param name="Output">Those of replies.</param>
/// <param name="CachedInput">Those of the input that the provider had in its cache.</param>
/// <param name="CacheWrite">Those of the input that the provider wrote to its cache, which may cost more than others.</param>
internal readonly record struct TokenCounts(long Input, long Output, long CachedInput = 0, long CacheWrite = 0)
{
    public long Total => Input + Output;

    public static TokenCounts operator +(TokenCounts left, TokenCounts right) =>
        new(left.Input + right.Input, left.Output + right.Output, left.CachedInput + right.CachedInput, left.CacheWrite + right.CacheWrite);
}
