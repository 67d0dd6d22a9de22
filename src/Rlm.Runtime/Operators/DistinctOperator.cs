using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class DistinctOperator : IOperator
{
    public string Name => "distinct";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var key = stage.FindExpression("key");
        return ListValue.Stream(StageItems.Scopes(input, stage, scope, evaluation)
            .DistinctBy(item => new ValueKey(key is null ? item.Item : ExpressionEvaluator.Evaluate(key, item, evaluation)))
            .Select(item => item.Item));
    }
}
