using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

/// <summary><c>any</c> and <c>all</c>; they read no further than they must, and leave out what is unknown.</summary>
internal sealed class QuantifierOperator(string name, bool isAll) : IOperator
{
    public string Name => name;

    public PlannedValue Bound(PlannedStage stage) => stage.Number;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var condition = rows.Condition(stage.Get(Slots.Condition));
        while (rows.MoveNext())
        {
            if (condition.Holds(rows) != !isAll)
                continue;

            if (isAll)
                evaluation.Note(Invariant($"{name}: it does not hold for item {rows.Index + 1:N0}, `{Preview.Of(ValueRenderer.InTemplate(rows.Reader.Item).ReplaceLineEndings(", "), 80)}`{(rows.Index == 0 && HasWindow(stage) ? "; the first item has none before it: write `all index == 0 or …`" : "")}"));
            return BoolValue.Of(!isAll);
        }

        return BoolValue.Of(isAll);
    }

    private static bool HasWindow(BoundStage stage) => BoundTree.Descendants(stage.Get(Slots.Condition)).Any(expression => expression is BoundWindow);
}
