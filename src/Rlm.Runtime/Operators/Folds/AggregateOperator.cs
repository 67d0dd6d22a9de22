using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Folds;
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
        if (!NeighbourSearch.HasNeighbours(stage) && AggregateFolds.Find(aggregates.Select(aggregate => aggregate.Value)) is { } found)
            return Fold(input, stage, names, found, scope, evaluation);

        if (!stage.Has(Slots.By))
            return new RecordValue(new RecordShape(names), ValuesOf([.. StageItems.Of(input, stage, evaluation)], 0));

        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<List<Value>>(stage, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add(rows.Reader.Item);

        int index = 0;
        return groups.Rows(names, items => ValuesOf([.. items], index++));

        Value[] ValuesOf(Value[] items, int place) => EvaluateAll(stage, ListValue.Of(items), place, scope, evaluation);
    }

    /// <summary>Folds the items while they are read, and keeps none.</summary>
    private static Value Fold(
        Value input, BoundStage stage, string[] names, IReadOnlyList<BoundAggregate> aggregates, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var folds = new AggregateFolds(aggregates, rows, evaluation);
        if (!stage.Has(Slots.By))
        {
            var whole = folds.Create();
            while (rows.MoveNext())
                folds.AddTo(whole);
            return new RecordValue(new RecordShape(names), EvaluateAll(stage, whole, 0, scope, evaluation));
        }

        var groups = new KeyGroups<FoldedGroup>(stage, rows, folds.Create);
        while (rows.MoveNext())
            folds.AddTo(groups.OfItem());

        int index = 0;
        return groups.Rows(names, group => EvaluateAll(stage, group, index++, scope, evaluation));
    }

    private static Value[] EvaluateAll(BoundStage stage, Value group, int place, Scope? outer, EvaluationContext evaluation)
    {
        evaluation.CancellationToken.ThrowIfCancellationRequested();
        var scope = new Scope(group, place, null, outer);
        return [.. stage.Get(Slots.Aggregates).Select(aggregate => ListValue.Keep(ExpressionEvaluator.Evaluate(aggregate.Value, scope, evaluation)))];
    }
}
