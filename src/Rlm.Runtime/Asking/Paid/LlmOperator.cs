using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>One call, or one child root, about the whole value.</summary>
/// <param name="name">The signature's name.</param>
internal sealed class LlmOperator(string name) : IPaidOperator
{
    public string Name => name;

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        if (input is FailedValue)
            return input;

        var values = await (stage.Bound.AsksRoots
            ? stage.AskChildrenAsync(1, _ => ItemOf(input, stage).ChildAt(0, stage.Bound.Input), null, RlmType.Text)
            : stage.AskAsync(PlanFor(input, stage))).ConfigureAwait(false);
        return stage.Failed.Replace(values)[0];
    }

    public StagePlan PlanOf(Value input, PaidStage stage) => input is FailedValue ? new([])
        : stage.Bound.AsksRoots ? stage.Bounds.PlanChildren(1)
        : new([PlanFor(input, stage)]);

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage) => stage.Bound.AsksRoots ? stage.Bounds.OfChildren(1)
        : stage.Bounds.OfItems(
            input with { ItemTokens = stage.Bound.PromptReadsItem ? input.ItemTokens : input.Value.MaxTokens },
            1,
            stage.ReplyType(RlmType.Text),
            packs: false);

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) => stage.Bounds.PlannedReply;

    private static AskItems ItemOf(Value input, PaidStage stage) => new(stage, [Unknown.DropFailed(ListValue.Keep(input))]);

    private static AskPlan PlanFor(Value input, PaidStage stage)
    {
        var item = ItemOf(input, stage)[0];
        stage.Packer.RequireRoom(0, item);
        return new AskPlan([item], [[0]], "", stage.ReplyType(RlmType.Text)) { Votes = stage.Votes, Cites = stage.Cites };
    }
}
