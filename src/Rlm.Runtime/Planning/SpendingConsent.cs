using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Planning;

/// <summary>Asks whoever wants to be asked, once for a program, and keeps its stages to what was confirmed.</summary>
internal sealed class SpendingConsent(Func<SpendingPlan, CancellationToken, ValueTask<bool>> confirm) : ISpendingConsent
{
    private readonly Dictionary<BoundStage, Allowance> _allowed = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public async Task AskAsync(SpendingPlan plan, CancellationToken cancellationToken)
    {
        if (!await confirm(plan, cancellationToken).ConfigureAwait(false))
            throw new LimitReachedException(
                $"{(plan.Stages.Count == 1 ? plan.Stages[0].Stage : "the program")} was not confirmed: nothing of it was spent");
    }

    /// <inheritdoc/>
    public async Task AskAsync(SpendingPlan plan, IReadOnlyList<BoundStage> stages, int callsLeft, CancellationToken cancellationToken)
    {
        if (plan.MaxCalls > 0)
            await AskAsync(plan, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < stages.Count; i++)
        {
            if (plan.Stages[i] is { Certainty: not SpendingCertainty.NotKnown } stage
                && (stage.Certainty == SpendingCertainty.Exactly || stage.Calls <= callsLeft))
                _allowed[stages[i]] = new Allowance(stage);
        }
    }

    /// <inheritdoc/>
    public async Task AskAsync(BoundStage stage, SpendingStage spending, CancellationToken cancellationToken)
    {
        if (_allowed.TryGetValue(stage, out var allowance) && allowance.Covers(spending) || spending.MaxCalls == 0)
            return;

        await AskAsync(new SpendingPlan([spending]), cancellationToken).ConfigureAwait(false);
        _allowed[stage] = new Allowance(spending);
    }

    /// <inheritdoc/>
    public async Task<int> RequireAsync(BoundStage stage, string text, int calls, int again, CancellationToken cancellationToken)
    {
        var allowance = _allowed.GetValueOrDefault(stage) ?? new Allowance(new SpendingStage(text, SpendingCertainty.Exactly));
        long left = allowance.Spending.MaxCalls - allowance.Made;
        if (calls > left)
        {
            var more = new SpendingStage(text, SpendingCertainty.Exactly) { Calls = calls, MaxCalls = calls };
            await AskAsync(new SpendingPlan([more]), cancellationToken).ConfigureAwait(false);
            _allowed[stage] = allowance with { Spending = allowance.Spending with { MaxCalls = allowance.Made + calls } };
            left = calls;
        }

        return (int)Math.Min(again, left - calls);
    }

    /// <inheritdoc/>
    public void CountMade(BoundStage stage, int calls)
    {
        if (_allowed.TryGetValue(stage, out var allowance))
            _allowed[stage] = allowance with { Made = allowance.Made + calls };
    }

    /// <summary>What was confirmed for a stage.</summary>
    private sealed record Allowance(SpendingStage Spending)
    {
        public long Made { get; init; }

        /// <summary>
        /// Whether that is enough for the stage; its re-asks are kept to what is left of it. What was told exactly took account of replies
        /// that are held to later levels, which the stage alone does not know of.
        /// </summary>
        public bool Covers(SpendingStage stage) => Spending.Certainty == SpendingCertainty.Exactly
            || (stage.Calls <= Spending.MaxCalls && stage.InputTokens <= Spending.MaxInputTokens
                && stage.OutputTokens <= Spending.MaxOutputTokens);
    }
}
