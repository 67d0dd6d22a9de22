using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class MapOperator : IOperator
{
    public string Name => "map";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.SizeOf(Slots.Value));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var value = stage.Get(Slots.Value);
        if (!StageRows.IsOfItem(value))
        {
            return ListValue.Stream(StageItems.Scopes(input, stage, scope, evaluation)
                .Select(item => ListValue.Keep(ExpressionEvaluator.Evaluate(value, item, evaluation))));
        }

        return value is BoundRecord record && SelectedRows.SourceOf(input, stage, record.Fields, scope, evaluation) is { } rows
            ? ListValue.OfRows(rows)
            : StageRows.Map(input, stage, value, scope, evaluation);
    }
}
