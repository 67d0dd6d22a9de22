using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

/// <summary>
/// The share of items for which a condition holds, in all or for each key, or that each key has of them all; none of nothing.
/// </summary>
internal sealed class ShareOperator : IOperator
{
    public string Name => "share";

    public PlannedValue Bound(PlannedStage stage) =>
        !stage.IsGrouped ? stage.Number : stage.Bound.Has(Slots.Condition) ? stage.RowsOfKeys(stage.Input.MaxItems) : stage.Counted;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var condition = stage.Find(Slots.Condition) is { } asked ? rows.Condition(asked) : null;
        var all = new Tally();
        long seen = 0, unknown = 0;
        var groups = new KeyGroups<Tally>(stage, rows, () => new Tally());
        while (rows.MoveNext())
        {
            bool? holds = condition is null ? true : rows.IsApart ? null : condition.Holds(rows);
            seen++;
            if (holds is not { } known)
            {
                unknown++;
                continue;
            }

            all.Add(known);
            if (stage.Has(Slots.By))
                groups.OfItem().Add(known);
        }

        evaluation.Tallies.AddLeftOut(stage, Name, seen, 0, 0, unknown);

        if (!stage.Has(Slots.By))
            return Share(all.Holding, all.Total);

        if (condition is not null)
            return groups.Rows([Name], tally => [Share(tally.Holding, tally.Total)]);

        groups.CompleteDomain();
        return groups.Rows([Name], tally => [Share(tally.Total, all.Total)]);
    }

    private static Value Share(long part, long whole) =>
        whole == 0 ? NoneValue.Instance : NumberValue.WithMostDecimals((decimal)part / whole, SumFold.MoreDecimals);

    private sealed class Tally
    {
        public long Total { get; private set; }

        public long Holding { get; private set; }

        public void Add(bool holds)
        {
            Total++;
            Holding += holds ? 1 : 0;
        }
    }
}
