using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>One call about the whole value.</summary>
internal sealed class LlmOperator : IPaidOperator
{
    public string Name => "llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        AskItem[] item = [new AskItems(stage, [ListValue.Settled(input)])[0]];
        stage.RequireRoom(item);
        var plan = new AskPlan(item, [[0]], "", stage.ReplyType(RlmType.Text)) { Votes = stage.Votes };
        var values = await stage.AskAsync(plan).ConfigureAwait(false);
        return stage.WithFallback(values)[0];
    }
}
