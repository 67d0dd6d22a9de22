using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class SelectOperator : IOperator
{
    public string Name => "select";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Sum(Slots.Columns, 0));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var columns = stage.Get(Slots.Columns);
        if (SelectedRows.SourceOf(input, stage, columns, scope, evaluation) is { } rows)
            return ListValue.OfRows(rows);

        var shape = new RecordShape([.. columns.Select(column => column.Name)]);
        return ListValue.Stream(StageItems.Scopes(input, stage, scope, evaluation).Select(item =>
        {
            var fields = new Value[columns.Count];
            for (int i = 0; i < fields.Length; i++)
                fields[i] = ListValue.Keep(ExpressionEvaluator.Evaluate(columns[i].Value, item, evaluation));
            return new RecordValue(Unknown.ShapeAs(item.Item, shape), fields, Provenance.OriginOf(item.Item));
        }));
    }
}
