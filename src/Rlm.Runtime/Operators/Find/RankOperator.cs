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

        IEnumerable<Value> First(int count) => Candidates(list, words, (int)Math.Min(top, count), evaluation.CancellationToken).TakeBest();
        return top <= int.MaxValue
            ? ListValue.Of([.. First((int)top)])
            : ListValue.Stream(MakeLazily(() => First(int.MaxValue)), First);
    }

    private static IEnumerable<Value> MakeLazily(Func<IEnumerable<Value>> items)
    {
        foreach (var item in items())
            yield return item;
    }

    private static RankCandidates Candidates(ListValue list, QueryWords words, int wanted, CancellationToken cancellationToken)
    {
        var candidates = new RankCandidates(words.Count, wanted);
        var counts = new int[words.Count];
        if (list.Rows is { HasTexts: true } rows)
        {
            using var reader = rows.Open();
            while (reader.MoveNext())
            {
                Array.Clear(counts);
                candidates.Add(words.CountIn(reader.Cell.Text, counts), counts, reader, static part => part.Item);
            }

            return candidates;
        }

        foreach (var item in list.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var value = ListValue.Keep(item);
            Array.Clear(counts);
            candidates.Add(
                CountIn(Reading.AsText(value) ?? new TextValue(ValueRenderer.InTemplate(value)), words, counts),
                counts,
                value,
                static kept => kept);
        }

        return candidates;
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
