using System.Runtime.InteropServices;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Look;

/// <summary>Items or lines picked at random, each as likely as any other, in their order; the same ones for the same seed.</summary>
internal sealed class SampleOperator : IOperator
{
    public string Name => "sample";

    public PlannedValue Bound(PlannedStage stage) =>
        !stage.Bound.Has(Slots.Percent) ? stage.Cut(stage.Amount(Slots.Count)) : stage.IsList ? stage.Input : stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        long count = StageArguments.Whole(stage, Slots.Count, scope, evaluation);
        ulong seed = (ulong)(StageArguments.FindWhole(stage, Slots.Seed, scope, evaluation) ?? 0);
        if (input is ListValue list)
        {
            if (stage.Has(Slots.Percent))
            {
                list = list.Keep();
                count = OfPercent(count, list.KnownCount!.Value);
            }

            return ListValue.Of(Pick(list.Items, count, seed));
        }

        var text = TextInput.Of(input, stage);
        if (stage.Has(Slots.Percent))
            count = OfPercent(count, TextUnit.Lines.Count(text.Slice));
        return text.Parts(Pick(LinesOperator.Slices(text.Slice, evaluation.CancellationToken), count, seed));
    }

    private static long OfPercent(long percent, long total) =>
        (long)Math.Round(Math.Min(percent, 100) * (decimal)total / 100, MidpointRounding.AwayFromZero);

    /// <summary>Reservoir sampling: one pass, whatever the number of items.</summary>
    private static T[] Pick<T>(IEnumerable<T> items, long count, ulong seed)
    {
        if (count == 0)
            return [];

        var random = new RandomSequence(seed);
        var kept = new List<(long Index, T Item)>();
        long index = 0;
        foreach (var item in items)
        {
            if (kept.Count < count)
                kept.Add((index, item));
            else if (random.Below(index + 1) is var slot && slot < count)
                kept[(int)slot] = (index, item);
            index++;
        }

        CollectionsMarshal.AsSpan(kept).Sort((first, second) => first.Index.CompareTo(second.Index));
        return [.. kept.Select(pair => pair.Item)];
    }
}
