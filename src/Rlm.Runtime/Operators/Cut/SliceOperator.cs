using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>
/// A stretch counted from 0, its end not included; a negative place counts from the end. Of a text it is lines where no unit is said; of a
/// list, items. With chars, tokens or words each text of a list is sliced. What lies past the ends is left out.
/// </summary>
internal sealed class SliceOperator : IOperator
{
    public string Name => "slice";

    public PlannedValue Bound(PlannedStage stage)
    {
        if (!stage.IsList || !(stage.Bound.Find(Slots.Unit) is null or "items" or "lines"))
            return stage.Input;

        long? start = stage.Bound.Has(Slots.Start) ? stage.Amount(Slots.Start) : 0;
        long? end = stage.Bound.Has(Slots.End) ? stage.Amount(Slots.End) : null;
        return stage.Cut(start is not { } from || (end is null && stage.Bound.Has(Slots.End)) ? null : FindMost(from, end));
    }

    /// <summary>The most items that lie between two places; null where that goes by how many there are.</summary>
    private static long? FindMost(long start, long? end) => (start, end) switch
    {
        ( < 0, null) => -start,
        ( < 0, >= 0 and var before) => Math.Min(-start, before),
        ( >= 0, null or < 0) => null,
        (_, var before) => Math.Max(0, before!.Value - start),
    };

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        long start = StageArguments.FindWhole(stage, Slots.Start, scope, evaluation) ?? 0;
        long? end = StageArguments.FindWhole(stage, Slots.End, scope, evaluation);
        if (end < start && end < 0 == start < 0)
            throw new EvaluationException(stage.Span, $"`slice` goes from {start} back to {end}", $"write `slice {end}..{start}`");

        string? unit = stage.Find(Slots.Unit);
        if (input is not ListValue list)
            return Slice(input, stage, TextUnit.Of(unit), start, end);

        return unit is null or "items" or "lines"
            ? Items(list, start, end)
            : ListValue.Stream(list.Items.Select(item => Slice(item, stage, TextUnit.Of(unit), start, end)));
    }

    private static TextValue Slice(Value input, BoundStage stage, TextUnit unit, long start, long? end)
    {
        var text = TextInput.Of(input, stage);
        long from = PlaceOf(text.Slice, unit, start);
        long to = end is not { } before ? text.Slice.End
            : before >= start && start >= 0 ? unit.Advance(text.Slice, from, before - start)
            : Math.Max(from, PlaceOf(text.Slice, unit, before));
        var slice = text.Slice with { Start = from, Length = to - from };
        return text.Part(unit == TextUnit.Lines ? slice.WithoutLineEnd() : slice);
    }

    private static long PlaceOf(TextSlice text, TextUnit unit, long place) =>
        place < 0 ? unit.Retreat(text, text.Start, text.End, -place) : unit.Advance(text, text.Start, place);

    private static ListValue Items(ListValue list, long start, long? end)
    {
        if (start < 0 || end < 0)
        {
            var items = list.ReadAll();
            long from = start < 0 ? Math.Max(0, items.Count + start) : start;
            long to = end is not { } before ? items.Count : before < 0 ? items.Count + before : before;
            return ListValue.Of([.. items.Skip((int)Math.Min(from, items.Count)).Take((int)Math.Clamp(to - from, 0, items.Count))]);
        }

        return ListValue.Stream(Between(list, start, end));
    }

    private static IEnumerable<Value> Between(ListValue list, long start, long? end)
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
