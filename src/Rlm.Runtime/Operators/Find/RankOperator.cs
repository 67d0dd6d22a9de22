using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Find;

/// <summary>
/// Okapi BM25 (Robertson et al., 1994; k1 1.2, b 0.75) over lower-cased words with English plurals folded. Items without any word
/// of the query are left out; of equal ones the earlier stands first.
/// </summary>
internal sealed class RankOperator : IOperator
{
    public string Name => "rank";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.Bound.Has(Slots.Count) ? stage.Cut(stage.Amount(Slots.Count)) : stage.IsList ? stage.Input : stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var list = input as ListValue
            ?? TextInput.Of(input, stage).Parts(ParagraphsOperator.Slices(TextInput.Of(input, stage).Slice, evaluation.CancellationToken));
        string query = StageArguments.Text(stage, Slots.Query, scope, evaluation);
        long top = StageArguments.FindWhole(stage, Slots.Count, scope, evaluation) ?? long.MaxValue;
        var words = new QueryWords(query);
        if (words.Count == 0)
            throw new EvaluationException(
                stage.Get(Slots.Query).Span, "`rank` needs words to look for, and the query has none", "write `rank \"pump failure\"`");

        IEnumerable<Value> First(int count) => FindBest(list, words, (int)Math.Min(top, count), evaluation.CancellationToken);
        return top <= int.MaxValue
            ? ListValue.Of([.. First((int)top)])
            : ListValue.Stream(MakeLazily(() => First(int.MaxValue)), First);
    }

    private static IEnumerable<Value> MakeLazily(Func<IEnumerable<Value>> items)
    {
        foreach (var item in items())
            yield return item;
    }

    private static IEnumerable<Value> FindBest(ListValue list, QueryWords words, int wanted, CancellationToken cancellationToken)
    {
        if (list.Rows is { HasTexts: true } rows)
        {
            using var reader = rows.Open();
            if (reader is not TextRows.Lines { Whole: { } text } lines)
                return FindBest(reader, words, wanted);

            var (found, count) = new RankLines(words, wanted, cancellationToken).Find(text);
            lines.CountAll(count);
            // To be made before the reader is gone: what it makes an item of may be its own.
            return [.. found.TakeBest(words.Count).Select(lines.MakeLine)];
        }

        var candidates = new RankCandidates<Value>(wanted);
        int[] counts = new int[words.Count];
        long place = 0;
        foreach (var item in list.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var value = ListValue.Keep(item);
            int length = CountIn(Reading.AsText(value) ?? new TextValue(ValueRenderer.InTemplate(value)), words, counts);
            Add(candidates, place++, length, counts, value, static kept => kept);
        }

        return candidates.TakeBest(words.Count);
    }

    private static IEnumerable<Value> FindBest(RowReader reader, QueryWords words, int wanted)
    {
        var candidates = new RankCandidates<Value>(wanted);
        int[] counts = new int[words.Count];
        for (long place = 0; reader.MoveNext(); place++)
            Add(candidates, place, words.CountIn(reader.Cell.Text, counts), counts, reader, static part => part.Item);
        return candidates.TakeBest(words.Count);
    }

    private static void Add<T>(RankCandidates<Value> candidates, long place, int words, int[] counts, T state, Func<T, Value> make)
    {
        candidates.Count(1, words);
        if (!counts.AsSpan().ContainsAnyExcept(0))
            return;

        candidates.Add(place, words, counts, state, make);
        Array.Clear(counts);
    }

    /// <summary>The words of a text; a long one is read line by line, since no word goes over a line end.</summary>
    private static int CountIn(TextValue text, QueryWords words, int[] counts)
    {
        if (text.GetKnownBytes() is { } bytes)
            return words.CountIn(bytes, counts);

        var slice = text.Slice!.Value;
        if (slice.Length <= BlockCache.BlockBytes)
            return words.CountIn(slice.Source.GetSpan(slice.Start, (int)slice.Length), counts);

        using var lines = new LineScanner(slice);
        int total = 0;
        while (lines.MoveNext())
            total += words.CountIn(lines.Bytes, counts);
        return total;
    }
}
