using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Budget;

/// <summary>Whoever wants to be asked before anything is spent, and what was confirmed.</summary>
internal interface ISpendingConsent
{
    /// <summary>Asks about a root's turns.</summary>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    Task AskAsync(SpendingPlan plan, CancellationToken cancellationToken);

    /// <summary>Asks about a whole program, unless nothing that is known of it costs anything.</summary>
    /// <param name="plan">The program's plan.</param>
    /// <param name="stages">The stage that each line of the plan is about.</param>
    /// <param name="callsLeft">Calls that are left. A bound beyond them says too little to go by, so that its stage is
    /// asked about when it is reached.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    Task AskAsync(SpendingPlan plan, IReadOnlyList<BoundStage> stages, int callsLeft, CancellationToken cancellationToken);

    /// <summary>Asks about a stage that is reached, unless what it spends is within what was confirmed.</summary>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    Task AskAsync(BoundStage stage, SpendingStage spending, CancellationToken cancellationToken);

    /// <summary>
    /// Asks again where calls come to more than was confirmed, as when a window turns out to be smaller than it was said to be.
    /// </summary>
    /// <returns>How many re-asks the stage may make of those that were granted.</returns>
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    Task<int> RequireAsync(BoundStage stage, string text, int calls, int again, CancellationToken cancellationToken);

    /// <summary>Counts calls that a stage has made.</summary>
    void CountMade(BoundStage stage, int calls);
}
