using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>The reply about each item, in order.</summary>
internal sealed class MapLlmOperator : IPaidOperator
{
    public string Name => "map llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        var (_, values) = await AskEachAsync(input, stage, RlmType.Text, null).ConfigureAwait(false);
        return ListValue.Of(stage.SkipsFailed ? [.. values.Where(value => value is not FailedValue)] : values);
    }

    /// <summary>The items and the value of each. With <paramref name="isEnough"/> the values behind the last one asked for are null.</summary>
    public static async Task<(Value[] Items, Value[] Values)> AskEachAsync(Value input, PaidStage stage, RlmType otherwise, Func<Value?[], bool>? isEnough)
    {
        var items = StageItems.ListOf(input, stage.Bound).ToArray();
        var questions = new AskItems(stage, items);
        var plan = stage.Plan(questions, items.Length == 0 ? "" : questions.SharedInstruction, stage.ReplyType(otherwise));
        var values = await stage.AskAsync(plan, isEnough).ConfigureAwait(false);
        return (items, stage.WithFallback(values));
    }
}
