using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A function stage: the function is bound over the piped value as its item.</summary>
internal sealed class CallOperator : IOperator
{
    public string Name => "call";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        ExpressionEvaluator.Evaluate(stage.Expression("value"), new Scope(ListValue.Settled(input), 0, null, scope), evaluation);
}
