using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The items from the last to the first. What stands apart stays last.</summary>
internal sealed class ReverseOperator : IOperator
{
    public string Name => "reverse";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var items = StageItems.ListOf(input, stage).ReadAll();
        int[] places =
            [.. Enumerable.Range(0, items.Count).OrderBy(place => Unknown.IsApart(items[place])).ThenByDescending(place => place)];
        return ListValue.OfMade(new ArrangedItems(items, places));
    }
}
