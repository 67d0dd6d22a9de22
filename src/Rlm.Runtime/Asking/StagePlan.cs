namespace Rlm.Runtime.Asking;

/// <summary>What a stage asks about an input that is known.</summary>
/// <param name="Calls">The calls whose prompts are known.</param>
internal sealed record StagePlan(IReadOnlyList<AskPlan> Calls)
{
    /// <summary>At most what it asks with prompts that hold replies to those calls.</summary>
    public CallAmounts Later { get; init; }
}
