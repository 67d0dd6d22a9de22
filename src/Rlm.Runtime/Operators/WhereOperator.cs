using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class WhereOperator : IOperator
{
    public string Name => "where";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var condition = stage.Expression("condition");
        if (input is ListValue { Slices: { } slices } && SliceCondition.Of(condition, scope, evaluation) is { } test)
            return ListValue.OfSlices(slices.Where(test));

        return ListValue.Stream(StageItems.Scopes(input, stage, scope, evaluation)
            .Where(item => ExpressionEvaluator.IsTrue(condition, item, evaluation))
            .Select(item => item.Item));
    }
}
