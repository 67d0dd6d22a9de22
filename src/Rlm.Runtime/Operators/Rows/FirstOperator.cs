using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// The first items, read no further than that, or the first item alone; none of an empty list. What failed is not among them.
/// </summary>
internal sealed class FirstOperator : IOperator
{
    public string Name => "first";

    public PlannedValue Bound(PlannedStage stage) => stage.FirstOrLast;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var wanted = StageArguments.FindCount(stage, Slots.Count, scope, evaluation);
        if (input is ListValue { FirstItems: { } first } && first(wanted ?? 1) is { } made)
            return wanted is null ? made.FirstOrDefault() ?? NoneValue.Instance : ListValue.Stream(made);

        if (input is ListValue { Arranged: { } arranged } && arranged.CountTiesBehind(wanted ?? 1) is > 0 and var ties)
            evaluation.Note(StageItems.NoteOfTies(Name, wanted ?? 1, ties));

        if (wanted is { } most && StageRows.Slice(input, stage, 0, most, evaluation) is { } rows)
            return rows;

        var items = StageItems.Of(input, stage, evaluation).Where(item => !Unknown.IsApart(item));
        return wanted is { } count
            ? ListValue.Stream(items.Take(count))
            : items.FirstOrDefault() ?? NoneValue.Instance;
    }
}
