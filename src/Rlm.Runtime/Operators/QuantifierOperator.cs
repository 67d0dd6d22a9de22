using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary><c>any</c> and <c>all</c>; they read no further than they must.</summary>
internal sealed class QuantifierOperator(string name, bool isAll) : IOperator
{
    public string Name => name;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var condition = stage.Expression("condition");
        var items = StageItems.Scopes(input, stage, scope, evaluation);
        return BoolValue.Of(isAll
            ? items.All(item => ExpressionEvaluator.IsTrue(condition, item, evaluation))
            : items.Any(item => ExpressionEvaluator.IsTrue(condition, item, evaluation)));
    }
}
