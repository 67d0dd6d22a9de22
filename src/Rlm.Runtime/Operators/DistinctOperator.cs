using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class DistinctOperator : IOperator
{
    public string Name => "distinct";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        return ListValue.Stream(First(StageItems.Scopes(input, stage, scope, evaluation), stage.FindExpression("key"), evaluation));
    }

    /// <summary>The first item of each key.</summary>
    private static IEnumerable<Value> First(IEnumerable<Scope> items, BoundExpression? expression, Evaluation evaluation)
    {
        var seen = new HashSet<ValueKey>();
        foreach (var item in items)
        {
            var key = new ValueKey(expression is null ? item.Item : ExpressionEvaluator.Evaluate(expression, item, evaluation));
            if (!seen.Add(key))
                continue;

            key.KeepBytes();
            yield return item.Item;
        }
    }
}
