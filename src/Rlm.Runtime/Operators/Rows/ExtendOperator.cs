using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>Adds fields to each item. Where an expression looks at other items, a field is added to all of them before the next one.</summary>
internal sealed class ExtendOperator : IOperator
{
    public string Name => "extend";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Sum(Slots.Bindings, stage.Input.MaxItemTokens));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var bindings = stage.Get(Slots.Bindings);
        var rows = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        if (stage.Has(Slots.By) || NeighbourSearch.HasNeighbours(stage))
            return ExtendTogether(input, stage, rows, scope, evaluation);

        if (StageRows.CanBeLeft(input, stage, bindings.Select(binding => binding.Value)))
        {
            var list = (ListValue)input;
            foreach (var binding in bindings)
                list = ListValue.OfRows(ExtendedRows.SourceOf(list, stage, binding, rows, scope, evaluation));
            return list;
        }

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

    private static ListValue ExtendTogether(Value input, BoundStage stage, RowExtender extender, Scope? scope, EvaluationContext evaluation)
    {
        Value[] items = [.. StageItems.Of(input, stage, evaluation)];
        var (groups, unknown) = PlaceGroups.Of(items, stage, scope, evaluation);
        foreach (var binding in stage.Get(Slots.Bindings))
        {
            var made = new Value[items.Length];
            foreach (int[] places in groups)
            {
                var siblings = new ArrangedItems(items, places);
                int untilPoll = 0;
                for (int i = 0; i < places.Length; i++)
                {
                    evaluation.Poll(ref untilPoll);
                    var item = new Scope(siblings[i], i, siblings, scope);
                    made[places[i]] = extender.With(item.Item, binding.Name, ExpressionEvaluator.Evaluate(binding.Value, item, evaluation));
                }
            }

            foreach (var (place, failed) in unknown)
                made[place] = extender.With(items[place], binding.Name, failed);
            items = made;
        }

        return ListValue.OfMade(items);
    }
}
