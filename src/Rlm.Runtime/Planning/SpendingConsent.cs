using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Planning;

/// <summary>Asks whoever wants to be asked, once for a program, and keeps its stages to what was confirmed.</summary>
internal sealed class SpendingConsent(Func<SpendingPlan, CancellationToken, ValueTask<bool>> confirm)
{
    private readonly Dictionary<BoundStage, Allowance> _allowed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Asks about a root's turns.</summary>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    public async Task AskAsync(SpendingPlan plan, CancellationToken cancellationToken)
    {
        if (!await confirm(plan, cancellationToken).ConfigureAwait(false))
            throw new LimitReachedException(
                $"{(plan.Stages.Count == 1 ? plan.Stages[0].Stage : "the program")} was not confirmed: nothing of it was spent");
    }

    /// <summary>Asks about a whole program, unless nothing that is known of it costs anything.</summary>
    /// <param name="program">The program's plan.</param>
    /// <param name="callsLeft">Calls that are left. A bound beyond them says too little to go by, so that its stage is
    /// asked about when it is reached.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    public async Task AskAsync(PlannedProgram program, int callsLeft, CancellationToken cancellationToken)
    {
        if (program.Plan.MaxCalls > 0)
            await AskAsync(program.Plan, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < program.Stages.Count; i++)
        {
            if (program.Plan.Stages[i] is { Certainty: not SpendingCertainty.NotKnown } stage
                && (stage.Certainty == SpendingCertainty.Exactly || stage.Calls <= callsLeft))
                _allowed[program.Stages[i]] = new Allowance(stage);
        }
    }

    /// <summary>Asks about a stage that is reached, unless what it spends is within what was confirmed.</summary>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    public async Task AskAsync(BoundStage stage, SpendingStage spending, CancellationToken cancellationToken)
    {
        if (_allowed.TryGetValue(stage, out var allowance) && allowance.Covers(spending) || spending.MaxCalls == 0)
            return;

        await AskAsync(new SpendingPlan([spending]), cancellationToken).ConfigureAwait(false);
        _allowed[stage] = new Allowance(spending);
    }

    /// <summary>
    /// Asks again where calls come to more than was confirmed, as when a window turns out to be smaller than it was said to be.
    /// </summary>
    /// <returns>How many re-asks the stage may make of those that were granted.</returns>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
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

    /// <summary>Counts calls that a stage has made.</summary>
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
