using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>Each item with the field, or the fields of the record, that the model fills.</summary>
internal sealed class ExtendLlmOperator : IPaidOperator
{
    public string Name => "extend llm";

    public Task<Value> EvaluateAsync(Value input, PaidStage stage) =>
        MapLlmOperator.AskEachAsync(input, stage, RlmType.Text, (items, values) => Extend(items, values, stage));

    private static ListValue Extend(IReadOnlyList<Value> items, Value[] values, PaidStage stage)
    {
        var extender = new RowExtender(stage.Bound.Input.ItemType ?? RlmType.Unknown);
        string? name = stage.Bound.Find(Slots.Name);
        IReadOnlyList<FieldType> fields = (stage.ReplyType(RlmType.Text).Required as RecordType)?.Fields ?? [];
        var rows = new List<Value>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (stage.Failed.AreSkipped && values[i] is FailedValue)
                continue;

            var row = extender.RowOf(items[i]);
            if (name is not null)
                row = extender.With(row, name, values[i]);
            else
                row = fields.Aggregate(
                    row,
                    (extended, field) => extender.With(extended, field.Name, (values[i] as RecordValue)?.Find(field.Name) ?? values[i]));
            rows.Add(row);
        }

        return ListValue.Of([.. rows]);
    }

    public StagePlan PlanOf(Value input, PaidStage stage) => MapLlmOperator.PlanOf(input, stage, RlmType.Text);

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage) => MapLlmOperator.BoundOf(input, stage, RlmType.Text);

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) =>
        PlannedValue.List(input.MaxItems, input.MaxItemTokens + stage.ReplyTokens, stage.Bounds.HasBeenAsked);
}
