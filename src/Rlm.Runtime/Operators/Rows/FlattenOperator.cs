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
            .SelectMany(item => field is null ? PartsOf(item, stage) : RowsOf(item, field, evaluation)));
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

    private static IEnumerable<Value> RowsOf(Value item, string field, EvaluationContext evaluation) =>
        FieldAccess.Read(item, field, evaluation) switch
        {
            ListValue list when item is RecordValue row => RowsOf(row, row.Shape.IndexOf(field), list),
            ListValue list => list.Items,
            FailedValue failed => [failed],
            NoneValue => [],
            _ => [item],
        };

    /// <summary>A row for each value; fields of one that is a record stand beside the row's own, unless the row has a field of that name.</summary>
    private static IEnumerable<Value> RowsOf(RecordValue row, int index, ListValue list)
    {
        (RecordShape? Of, RecordShape Shape, int[] Added) wider = (null, row.Shape, []);
        foreach (var value in list.Items)
        {
            if (value is RecordValue part && part.Shape != wider.Of)
            {
                int[] added = [.. Enumerable.Range(0, part.Shape.Names.Count).Where(i => row.Shape.IndexOf(part.Shape.Names[i]) < 0)];
                wider = (part.Shape, new RecordShape(
                    [.. row.Shape.Names, .. added.Select(i => part.Shape.Names[i])], row.Shape.TextField, row.Shape.KeyField), added);
            }

            Value[] fields = [.. row.Fields, .. value is RecordValue record ? wider.Added.Select(i => record.Fields[i]) : []];
            fields[index] = value;
            yield return new RecordValue(value is RecordValue ? wider.Shape : row.Shape, fields, row.Origin);
        }
    }
}
