using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Look;

internal sealed class DescribeOperator : IOperator
{
    public string Name => "describe";

    public PlannedValue Bound(PlannedStage stage) => stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextValue(ValueCard.Describe(stage.Input, input));
}
