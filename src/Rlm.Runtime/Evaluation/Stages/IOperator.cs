using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>The evaluator of a free operator, by the name of its signature. It is stateless; lifting is done for it.</summary>
internal interface IOperator
{
    /// <summary>The signature's name.</summary>
    string Name { get; }

    /// <summary>The stage's result. <paramref name="scope"/> is the scope that the pipeline stands in, null outside any item.</summary>
    Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation);

    /// <summary>
    /// How large the result is at most where the input is not there yet; <see cref="PlannedStage.Unbounded"/> where nobody can tell.
    /// </summary>
    PlannedValue Bound(PlannedStage stage);
}
