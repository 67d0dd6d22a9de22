using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>The items for which the model says yes. Where only the first few are wanted it asks in order and stops.</summary>
internal sealed class WhereLlmOperator : IPaidOperator
{
    public string Name => "where llm";

    public Task<Value> EvaluateAsync(Value input, PaidStage stage) => MapLlmOperator.AskEachAsync(
        input, stage, RlmType.Bool, (items, values) => ListValue.Keep(items.Where((_, place) => Reading.AsBool(values[place]) == true)));

    public StagePlan PlanOf(Value input, PaidStage stage) => MapLlmOperator.PlanOf(input, stage, RlmType.Bool);

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage) => MapLlmOperator.BoundOf(input, stage, RlmType.Bool);

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) => input with { After = stage.Bounds.HasBeenAsked };
}
