using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class CountOperator : IOperator
{
    public string Name => "count";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        if (!stage.Has("by"))
            return new NumberValue(StageItems.ListOf(input, stage).Count() ?? StageItems.Of(input, stage, evaluation).LongCount());

        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<Counter>(stage, rows, () => new Counter());
        while (rows.MoveNext())
            groups.OfItem().Count++;
        groups.CompleteDomain();
        return groups.Rows([Name], counter => [new NumberValue(counter.Count)]);
    }

    private sealed class Counter
    {
        public long Count { get; set; }
    }
}
