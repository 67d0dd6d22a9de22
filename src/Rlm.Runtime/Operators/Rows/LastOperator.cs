using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The last items, or the last item alone; none of an empty list. What failed is not among them.</summary>
internal sealed class LastOperator : IOperator
{
    private const int MostKept = 10_000;

    public string Name => "last";

    public PlannedValue Bound(PlannedStage stage) => stage.FirstOrLast;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var wanted = StageArguments.FindCount(stage, Slots.Count, scope, evaluation);
        if (input is ListValue { Arranged: { } arranged } && arranged.CountTiesBefore(wanted ?? 1) is > 0 and var ties)
            evaluation.Note(StageItems.NoteOfTies(Name, wanted ?? 1, ties));

        if (StageItems.ListOf(input, stage) is { IsStreamed: true, Rows.Shape: not null } && (wanted ?? 1) is > 0 and <= MostKept and var few)
        {
            var last = ReadLast(input, few, stage, scope, evaluation);
            return wanted is null ? last.LastOrDefault() ?? NoneValue.Instance : ListValue.Of(last);
        }

        var items = StageItems.Of(input, stage, evaluation).Where(item => !Unknown.IsApart(item));
        return wanted is { } count
            ? ListValue.Of([.. items.TakeLast(count)])
            : items.LastOrDefault() ?? NoneValue.Instance;
    }

    /// <summary>The last so many rows, of which the others are not made.</summary>
    private static Value[] ReadLast(Value input, int count, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var kept = new KeptRow?[count];
        long seen = 0;
        for (; rows.MoveNext(); seen++)
            kept[seen % count] = rows.Reader.Keep(kept[seen % count]);

        var last = new Value[Math.Min(seen, count)];
        for (int i = 0; i < last.Length; i++)
            last[i] = kept[(seen - last.Length + i) % count]!.Make();
        return last;
    }
}
