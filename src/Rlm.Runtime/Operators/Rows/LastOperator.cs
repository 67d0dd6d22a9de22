using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The last items, or the last item alone; none of an empty list. What failed is not among them.</summary>
internal sealed class LastOperator : IOperator
{
    public string Name => "last";

    public PlannedValue Bound(PlannedStage stage) => stage.FirstOrLast;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var items = StageItems.Of(input, stage, evaluation).Where(item => !Unknown.IsApart(item));
        var wanted = StageArguments.FindCount(stage, Slots.Count, scope, evaluation);
        if (input is ListValue { Arranged: { } arranged } && arranged.CountTiesBefore(wanted ?? 1) is > 0 and var ties)
            evaluation.Note(StageItems.NoteOfTies(Name, wanted ?? 1, ties));
        return wanted is { } count
            ? ListValue.Of([.. items.TakeLast(count)])
            : items.LastOrDefault() ?? NoneValue.Instance;
    }
}
