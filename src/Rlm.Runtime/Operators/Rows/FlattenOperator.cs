using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>A failed item stays in the list, so that it is seen to have failed; none has nothing to add.</summary>
internal sealed class FlattenOperator : IOperator
{
    public string Name => "flatten";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.Bound.Has(Slots.Field)
            ? stage.Unbounded
            : stage.List(stage.Input.MaxParts, stage.Input.MaxItemTokens) with { MaxTokens = stage.Input.MaxTokens };

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string? field = stage.Find(Slots.Field);
        return ListValue.Stream(StageItems.Of(input, stage, evaluation)
            .SelectMany(item => field is null ? PartsOf(item, stage) : RowsOf(item, field)));
    }

    private static IEnumerable<Value> PartsOf(Value item, BoundStage stage) => item switch
    {
        ListValue list => list.Items,
        RecordValue group when group.Find("items") is ListValue items => items.Items,
        NoneValue => [],
        FailedValue => [item],
        _ => throw new EvaluationException(
            stage.Span,
            $"`flatten` takes a list of lists or of groups and got {ValueKinds.Describe(item)} in it",
            item is RecordValue ? "name the list field: `flatten FIELD`" : null),
    };

    private static IEnumerable<Value> RowsOf(Value item, string field)
    {
        if (item is not RecordValue row || row.Shape.IndexOf(field) is not (>= 0 and var index))
            return item is FailedValue ? [item] : [];

        return row.Fields[index] switch
        {
            ListValue list => list.Items.Select(value => ReplaceField(row, index, value)),
            NoneValue => [],
            _ => [row],
        };
    }

    private static RecordValue ReplaceField(RecordValue row, int index, Value value)
    {
        Value[] fields = [.. row.Fields];
        fields[index] = value;
        return new RecordValue(row.Shape, fields, row.Origin);
    }
}
