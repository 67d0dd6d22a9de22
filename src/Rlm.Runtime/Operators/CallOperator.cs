using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
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
        stage.Bound.IsLifted && stage.Bound.Get(Slots.Value).Type is { ItemType: null } type && type != RlmType.Unknown
        ? stage.List(stage.Input.MaxItems, stage.SizeOf(Slots.Value))
        : stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        ExpressionEvaluator.Evaluate(stage.Get(Slots.Value), new Scope(ListValue.Keep(input), 0, null, scope), evaluation);
}
