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
/// A fold of one value of each item, in all or for each key: <c>sum</c>, <c>average</c>, <c>min</c>, <c>max</c>, <c>median</c>,
/// <c>stdev</c>, <c>percentile</c>.
/// </summary>
internal sealed class FoldOperator(string name) : IOperator
{
    public string Name => name;

    public PlannedValue Bound(PlannedStage stage) =>
        stage.IsGrouped ? stage.RowsOfKeys(stage.Input.MaxItems) : stage.Single(stage.Input.MaxItemTokens + PlannedStage.NumberTokens);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var value = rows.Expression(stage.Find(Slots.Value));
        var percentage = stage.Find(Slots.Percentage) is { } asked ? ExpressionEvaluator.Evaluate(asked, scope, evaluation) : null;
        if (!stage.Has(Slots.By))
        {
            var fold = Create();
            while (rows.MoveNext())
                Add(fold);
            return fold.Finish(stage, evaluation);
        }

        var groups = new KeyGroups<Fold>(stage, rows, Create);
        while (rows.MoveNext())
            Add(groups.OfItem());
        return groups.Rows([Name], fold => [fold.Finish(stage, evaluation)]);

        Fold Create() => FoldTable.Create(Name, false, percentage, stage.Span);

        void Add(Fold fold)
        {
            if (rows.IsApart)
                fold.AddFailed();
            else
                fold.Add(value, rows);
        }
    }
}
