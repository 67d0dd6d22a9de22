using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

internal sealed class CountOperator : IOperator
{
    public string Name => "count";

    public PlannedValue Bound(PlannedStage stage) => stage.IsGrouped ? stage.Counted : stage.Number;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        if (stage.Arguments.Count == 0)
            return new NumberValue(StageItems.ListOf(input, stage).Count() ?? StageItems.Of(input, stage, evaluation).LongCount());

        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var condition = stage.Find(Slots.OptionalCondition) is { } asked ? rows.Condition(asked) : null;
        if (!stage.Has(Slots.By))
            return new NumberValue(CountHolding(rows, condition!));

        var groups = new KeyGroups<Counter>(stage, rows, () => new Counter());
        while (rows.MoveNext())
        {
            // A key of which no item holds counts 0, as with an aggregate's `count(CONDITION)`.
            var counter = groups.OfItem();
            if (condition is null || (!rows.IsApart && condition.Holds(rows) == true))
                counter.Count += condition is null ? 1 + rows.Reader.PassAlike() : 1;
        }

        groups.CompleteDomain();
        return groups.Rows([Name], counter => [new NumberValue(counter.Count)]);
    }

    private static long CountHolding(StageRows rows, RowCondition condition)
    {
        long count = 0;
        while (rows.MoveNext())
            count += !rows.IsApart && condition.Holds(rows) == true ? 1 : 0;
        return count;
    }

    private sealed class Counter
    {
        public long Count { get; set; }
    }
}
