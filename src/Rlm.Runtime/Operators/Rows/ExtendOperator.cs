using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class ExtendOperator : IOperator
{
    public string Name => "extend";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Sum(Slots.Bindings, stage.Input.MaxItemTokens));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var bindings = stage.Get(Slots.Bindings);
        var rows = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        return ListValue.Stream(StageItems.Scopes(input, stage, scope, evaluation).Select(item =>
        {
            foreach (var binding in bindings)
                item = item with
                {
                    Item = rows.With(
                    item.Item, binding.Name, ExpressionEvaluator.Evaluate(binding.Value, item, evaluation))
                };
            return item.Item;
        }));
    }
}
