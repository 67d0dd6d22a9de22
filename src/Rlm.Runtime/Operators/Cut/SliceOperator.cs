using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>
/// A stretch counted from 0, its end not included. Of a text it is lines where no unit is said; of a list, items. With chars,
/// tokens or words each text of a list is sliced. What lies past the end is left out.
/// </summary>
internal sealed class SliceOperator : IOperator
{
    public string Name => "slice";

    public PlannedValue Bound(PlannedStage stage)
    {
        if (!stage.IsList)
            return stage.Input;
        return stage.Bound.Find(Slots.Unit) is null or "items" or "lines"
            ? stage.Cut(stage.Amount(Slots.End) is { } end && stage.Amount(Slots.Start) is { } start ? Math.Max(0, end - start) : null)
            : stage.Input;
    }

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        long start = StageArguments.Whole(stage, Slots.Start, scope, evaluation);
        long end = StageArguments.Whole(stage, Slots.End, scope, evaluation);
        if (end < start)
            throw new EvaluationException(stage.Span, $"`slice` goes from {start} back to {end}", $"write `slice {end}..{start}`");

        string? unit = stage.Find(Slots.Unit);
        if (input is not ListValue list)
            return Slice(input, stage, TextUnit.Of(unit), start, end);

        return ListValue.Stream(unit is null or "items" or "lines"
            ? Items(list, start, end)
            : list.Items.Select(item => Slice(item, stage, TextUnit.Of(unit), start, end)));
    }

    private static TextValue Slice(Value input, BoundStage stage, TextUnit unit, long start, long end)
    {
        var text = TextInput.Of(input, stage);
        long from = unit.Advance(text.Slice, text.Slice.Start, start);
        long to = unit.Advance(text.Slice, from, end - start);
        var slice = text.Slice with { Start = from, Length = to - from };
        return text.Part(unit == TextUnit.Lines ? slice.WithoutLineEnd() : slice);
    }

    private static IEnumerable<Value> Items(ListValue list, long start, long end)
    {
        long index = 0;
        if (end == 0)
            yield break;

        foreach (var item in list.Items)
        {
            if (index >= start)
                yield return item;
            if (++index >= end)
                yield break;
        }
    }
}
