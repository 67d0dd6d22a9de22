using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Look;

/// <summary>
/// The first 10 lines or items, or as many as is said. Of a text, lines, items and words come one by one, and chars and tokens as
/// one text; of a list, chars, tokens and words give as many whole items as have so many, and at least one.
/// </summary>
internal sealed class PeekOperator : IOperator
{
    private const int DefaultCount = 10;

    public string Name => "peek";

    public PlannedValue Bound(PlannedStage stage)
    {
        string unit = stage.Bound.Find(Slots.Unit) ?? (stage.IsList ? "items" : "lines");
        if (unit is "lines" or "items" || (unit == "words" && !stage.IsList))
            return stage.Cut(stage.Bound.Has(Slots.Count) ? stage.Amount(Slots.Count) : DefaultCount);
        return stage.IsList ? stage.Input : stage.Single(stage.Input.MaxTokens);
    }

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        long count = StageArguments.FindWhole(stage, Slots.Count, scope, evaluation) ?? DefaultCount;
        long from = StageArguments.FindWhole(stage, Slots.Place, scope, evaluation) ?? 0;
        bool isAtEnd = stage.Has(Slots.AtEnd);
        string unit = stage.Find(Slots.Unit) ?? (input is ListValue ? "items" : "lines");
        if (input is ListValue list)
            return OfList(list, unit, count, from, isAtEnd);

        var text = TextInput.Of(input, stage);
        var slice = Stretch(text.Slice, TextUnit.Of(unit), count, from, isAtEnd);
        return unit switch
        {
            "words" => text.Parts(WordsOperator.Slices(slice, evaluation.CancellationToken)),
            "lines" or "items" => text.Parts(LinesOperator.Slices(slice, evaluation.CancellationToken)),
            _ => text.Parts(slice.Length == 0 ? [] : [slice]),
        };
    }

    private static TextSlice Stretch(TextSlice text, TextUnit unit, long count, long from, bool isAtEnd)
    {
        if (count == 0)
            return text with { Length = 0 };

        if (isAtEnd)
        {
            long back = unit.Retreat(text, text.Start, text.End, count);
            return text with { Start = back, Length = text.End - back };
        }

        long start = unit.Advance(text, text.Start, from);
        return text with { Start = start, Length = unit.Advance(text, start, count) - start };
    }

    private static ListValue OfList(ListValue list, string unit, long count, long from, bool isAtEnd)
    {
        if (unit is "items" or "lines")
            return isAtEnd
                ? Last(list, count)
                : ListValue.Stream(list.Items.Skip((int)Math.Min(from, int.MaxValue)).Take((int)Math.Min(count, int.MaxValue)));

        var items = isAtEnd ? list.ReadAll().Reverse() : list.Items.Skip((int)Math.Min(from, int.MaxValue));
        var kept = TakeWithin(items, TextUnit.Of(unit), count);
        if (isAtEnd)
            kept.Reverse();
        return ListValue.Of([.. kept]);
    }

    private static List<Value> TakeWithin(IEnumerable<Value> items, TextUnit unit, long count)
    {
        var kept = new List<Value>();
        foreach (var item in items)
        {
            count -= ItemSize.Of(item, unit);
            if (kept.Count > 0 && count < 0)
                break;
            kept.Add(item);
        }

        return kept;
    }

    private static ListValue Last(ListValue list, long count)
    {
        var last = new Queue<Value>();
        foreach (var item in list.Items)
        {
            if (last.Count == count && last.Count > 0)
                last.Dequeue();
            if (last.Count < count)
                last.Enqueue(item);
        }

        return ListValue.Of([.. last]);
    }
}
