using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>One call about the whole value.</summary>
internal sealed class LlmOperator : IPaidOperator
{
    public string Name => "llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        if (input is FailedValue)
            return input;

        var values = await stage.AskAsync(PlanFor(input, stage)).ConfigureAwait(false);
        return stage.Failed.Replace(values)[0];
    }

    public StagePlan PlanOf(Value input, PaidStage stage) => new(input is FailedValue ? [] : [PlanFor(input, stage)]);

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage) =>
        stage.Bounds.OfItems(
            input with { ItemTokens = stage.Bound.PromptReadsItem ? input.ItemTokens : input.Value.MaxTokens },
            1,
            stage.ReplyType(RlmType.Text),
            packs: false);

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) => stage.Bounds.PlannedReply;

    private static AskPlan PlanFor(Value input, PaidStage stage)
    {
        var item = new AskItems(stage, [Unknown.DropFailed(ListValue.Keep(input))])[0];
        stage.Packer.RequireRoom(0, item);
        return new AskPlan([item], [[0]], "", stage.ReplyType(RlmType.Text)) { Votes = stage.Votes };
    }
}
