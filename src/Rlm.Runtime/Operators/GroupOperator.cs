using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class GroupOperator : IOperator
{
    public string Name => "group";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var groups = new KeyGroups<List<Value>>(stage, () => []);
        foreach (var item in StageItems.Scopes(input, stage, scope, evaluation))
            groups.Of(item, evaluation).Add(item.Item);
        return groups.Rows(["items"], items => [ListValue.Of([.. items])]);
    }
}
