using Rlm.Runtime.Evaluation.Stages;

namespace Rlm.Runtime.Asking;

/// <summary>Calls and their tokens as the model counts them, what re-asks may add, and the longest prompt of them all.</summary>
internal readonly record struct CallAmounts(
    long Calls, long InputTokens, long OutputTokens, long Reasks, long ReaskInputTokens, long ReaskOutputTokens, long LongestTokens)
{
    /// <summary>The line that says what was wrong with an earlier reply.</summary>
    public const long ProblemTokens = 60;

    public static CallAmounts operator +(CallAmounts left, CallAmounts right) => new(
        CapAmount(left.Calls + right.Calls),
        CapAmount(left.InputTokens + right.InputTokens),
        CapAmount(left.OutputTokens + right.OutputTokens),
        CapAmount(left.Reasks + right.Reasks),
        CapAmount(left.ReaskInputTokens + right.ReaskInputTokens),
        CapAmount(left.ReaskOutputTokens + right.ReaskOutputTokens),
        Math.Max(left.LongestTokens, right.LongestTokens));

    /// <summary>The amounts as a plan tells them. Where one prompt is so long that it costs more, all are taken to cost that.</summary>
    public SpendingStage Of(string stage, SpendingCertainty certainty, TokenPrice? price) => new(stage, certainty)
    {
        Calls = Calls,
        MaxCalls = Calls + Reasks,
        InputTokens = InputTokens,
        MaxInputTokens = InputTokens + ReaskInputTokens,
        OutputTokens = OutputTokens,
        MaxOutputTokens = OutputTokens + ReaskOutputTokens,
        CostUsd = Calls == 0 ? 0 : price?.ForPrompt(LongestTokens).OfSum(InputTokens, OutputTokens),
        MaxCostUsd = Calls + Reasks == 0
            ? 0
            : price?.ForPrompt(LongestTokens + ProblemTokens).OfSum(InputTokens + ReaskInputTokens, OutputTokens + ReaskOutputTokens),
    };

    private static long CapAmount(long amount) => Math.Min(amount, PlannedAmount.Most);
}
