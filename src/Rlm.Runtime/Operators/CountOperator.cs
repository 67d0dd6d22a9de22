using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class CountOperator : IOperator
{
    public string Name => "count";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        if (!stage.Has("by"))
            return new NumberValue(StageItems.ListOf(input, stage).Count() ?? StageItems.Of(input, stage, evaluation).LongCount());

        var groups = new KeyGroups<Counter>(stage, () => new Counter());
        foreach (var item in StageItems.Scopes(input, stage, scope, evaluation))
            groups.Of(item, evaluation).Count++;
        groups.CompleteDomain();
        return groups.Rows([Name], counter => [new NumberValue(counter.Count)]);
    }

    private sealed class Counter
    {
        public long Count { get; set; }
    }
}
