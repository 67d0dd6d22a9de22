using Rlm.Runtime.Evaluation.Stages;

namespace Rlm.Runtime.Asking;

/// <summary>Calls and their tokens as the model counts them, what re-asks may add, and the longest prompt of them all.</summary>
internal readonly record struct CallAmounts(
    long Calls, long InputTokens, long OutputTokens, long Reasks, long ReaskInputTokens, long ReaskOutputTokens, long LongestTokens)
{
    /// <summary>The line that says what was wrong with an earlier reply.</summary>
    public const long ProblemTokens = 60;

    /// <summary>The calls without which the stage is refused, where it takes more only as far as they are left; null for all.</summary>
    public long? Least { get; init; }

    public static CallAmounts operator +(CallAmounts left, CallAmounts right) => new(
        CapAmount(left.Calls + right.Calls),
        CapAmount(left.InputTokens + right.InputTokens),
        CapAmount(left.OutputTokens + right.OutputTokens),
        CapAmount(left.Reasks + right.Reasks),
        CapAmount(left.ReaskInputTokens + right.ReaskInputTokens),
        CapAmount(left.ReaskOutputTokens + right.ReaskOutputTokens),
        Math.Max(left.LongestTokens, right.LongestTokens));

    /// <summary>
    /// The amounts as a plan tells them. Where one prompt is so long that it costs more, all are taken to cost that, and by the dearest model
    /// that may be asked.
    /// </summary>
    public SpendingStage Of(string stage, SpendingCertainty certainty, params TokenPrice?[] prices) => new(stage, certainty)
    {
        Calls = Calls,
        MaxCalls = Calls + Reasks,
        InputTokens = InputTokens,
        MaxInputTokens = InputTokens + ReaskInputTokens,
        OutputTokens = OutputTokens,
        MaxOutputTokens = OutputTokens + ReaskOutputTokens,
        CostUsd = Calls == 0 ? 0 : CostOf(prices, LongestTokens, InputTokens, OutputTokens),
        MaxCostUsd = Calls + Reasks == 0
            ? 0
            : CostOf(prices, LongestTokens + ProblemTokens, InputTokens + ReaskInputTokens, OutputTokens + ReaskOutputTokens),
    };

    private static decimal? CostOf(TokenPrice?[] prices, long longest, long input, long output) =>
        prices.Contains(null) ? null : prices.Max(price => price!.ForPrompt(longest).OfSum(input, output));

    private static long CapAmount(long amount) => Math.Min(amount, PlannedAmount.Most);
}
