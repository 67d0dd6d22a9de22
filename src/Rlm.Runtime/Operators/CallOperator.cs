using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A function stage: the function is bound over the piped value as its item.</summary>
internal sealed class CallOperator : IOperator
{
    public string Name => "call";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.Bound.IsLifted && stage.Bound.Expression("value").Type is { ItemType: null } type && type != RlmType.Unknown
        ? stage.List(stage.Input.MaxItems, stage.SizeOf("value"))
        : stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        ExpressionEvaluator.Evaluate(stage.Expression("value"), new Scope(ListValue.Settle(input), 0, null, scope), evaluation);
}
