using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

/// <summary>Expressions over the items of all, or of each group, which are the innermost scope's item.</summary>
internal sealed class AggregateOperator : IOperator
{
    public string Name => "aggregate";

    public PlannedValue Bound(PlannedStage stage) => stage.IsGrouped ? stage.List(stage.Input.MaxItems, null) : stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var aggregates = stage.Get(Slots.Aggregates);
        string[] names = [.. aggregates.Select(aggregate => aggregate.Name)];
        if (!stage.Has(Slots.By))
            return new RecordValue(new RecordShape(names), ValuesOf([.. StageItems.Of(input, stage, evaluation)], 0));

        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<List<Value>>(stage, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add(rows.Reader.Item);

        int index = 0;
        return groups.Rows(names, items => ValuesOf([.. items], index++));

        Value[] ValuesOf(Value[] items, int place)
        {
            evaluation.CancellationToken.ThrowIfCancellationRequested();
            var group = new Scope(ListValue.Of(items), place, null, scope);
            return [.. aggregates.Select(aggregate => ListValue.Keep(ExpressionEvaluator.Evaluate(aggregate.Value, group, evaluation)))];
        }
    }
}
