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
        var (groups, unknown) = GroupsOf(items, stage, scope, evaluation);
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

    /// <summary>The places of the items of each group, and those of items whose group is unknown.</summary>
    private static (IReadOnlyList<int[]> Groups, IReadOnlyList<(int Place, Value Failed)> Unknown) GroupsOf(
        Value[] items, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        if (!stage.Has(Slots.By))
            return ([[.. Enumerable.Range(0, items.Length)]], []);

        using var rows = StageRows.Open(ListValue.OfMade(items), stage, scope, evaluation);
        RowExpression[] keys = [.. stage.Get(Slots.By).Select(key => rows.Expression(key.Value))];
        var groups = new KeyGroups<List<int>>(stage, rows, () => []);
        List<(int, Value)> unknown = [];
        while (rows.MoveNext())
        {
            if (keys.Select(key => Unknown.Of(key.Evaluate(rows))).FirstOrDefault(failed => failed is not null) is { } unknownKey)
                unknown.Add((rows.Index, unknownKey));
            else
                groups.OfItem().Add(rows.Index);
        }

        return ([.. groups.Gathered.Select(places => places.ToArray())], unknown);
    }
}
