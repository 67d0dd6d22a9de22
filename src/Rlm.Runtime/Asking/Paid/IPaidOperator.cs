using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>The evaluator of a paid operator, by the name of its signature, and what it tells before it asks.</summary>
internal interface IPaidOperator
{
    /// <summary>The signature's name.</summary>
    string Name { get; }

    /// <summary>The stage's result; it makes no call for nothing.</summary>
    Task<Value> EvaluateAsync(Value input, PaidStage stage);

    /// <summary>What <see cref="EvaluateAsync"/> asks about the same input.</summary>
    StagePlan PlanOf(Value input, PaidStage stage);

    /// <summary>At most what it asks about an input that is not there yet; null where nobody can tell.</summary>
    CallAmounts? BoundOf(PendingInput input, PaidStage stage);

    /// <summary>How large the result is at most.</summary>
    PlannedValue ResultOf(PlannedValue input, PaidStage stage);
}
