namespace Rlm.Runtime.Budget;

/// <summary>Tokens and what they cost.</summary>
/// <param name="InputTokens">Tokens of prompts.</param>
/// <param name="OutputTokens">Tokens of replies.</param>
/// <param name="CostUsd">US dollars; 0 where nobody knows the price.</param>
internal readonly record struct Spending(long InputTokens, long OutputTokens, decimal CostUsd)
{
    /// <summary>The tokens of a call that is to be made, and what they cost at most.</summary>
    public static Spending Of(long inputTokens, long outputTokens, TokenPrice? price) =>
        new(inputTokens, outputTokens, price?.Of(inputTokens, outputTokens) ?? 0);

    public long Tokens => InputTokens + OutputTokens;

    public static Spending operator +(Spending left, Spending right) =>
        new(left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.CostUsd + right.CostUsd);

    public static Spending operator -(Spending left, Spending right) =>
        new(left.InputTokens - right.InputTokens, left.OutputTokens - right.OutputTokens, left.CostUsd - right.CostUsd);
}
