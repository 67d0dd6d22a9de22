using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>
/// Okapi BM25 (Robertson et al., 1994; k1 1.2, b 0.75) over lower-cased words with English plurals folded. Items without any word
/// of the query are left out; of equal ones the earlier stands first.
/// </summary>
internal sealed class RankOperator : IOperator
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    public string Name => "rank";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        if (input is not ListValue list)
            list = TextInput.Of(input, stage).Parts(ParagraphsOperator.Slices(TextInput.Of(input, stage).Slice, evaluation.CancellationToken));

        string query = StageArguments.Text(stage, "query", scope, evaluation);
        long top = StageArguments.Whole(stage, "count", "a number", 1, long.MaxValue, scope, evaluation);
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in Words(new TextValue(query)))
            terms.TryAdd(word, terms.Count);
        if (terms.Count == 0)
            throw new EvaluationException(stage.Expression("query").Span, "`rank` needs words to look for, and the query has none", "write `rank \"pump failure\"`");

        var items = list.ToArray();
        return ListValue.Of([.. Order(items, Scores(items, terms, evaluation.CancellationToken)).Take((int)Math.Min(top, int.MaxValue))]);
    }

    private static IEnumerable<Value> Order(Value[] items, double[] scores) => Enumerable.Range(0, items.Length)
        .Where(index => scores[index] > 0)
        .OrderByDescending(index => scores[index])
        .Select(index => items[index]);

    private static double[] Scores(Value[] items, Dictionary<string, int> terms, CancellationToken cancellationToken)
    {
        var lengths = new int[items.Length];
        var occurrences = new int[items.Length][];
        var itemsWith = new int[terms.Count];
        double total = 0;
        for (int i = 0; i < items.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[]? counts = null;
            foreach (string word in Words(TextInput.TextOf(items[i]) ?? new TextValue(ValueRenderer.InTemplate(items[i]))))
            {
                lengths[i]++;
                if (terms.TryGetValue(word, out int term) && (counts ??= new int[terms.Count])[term]++ == 0)
                    itemsWith[term]++;
            }

            occurrences[i] = counts ?? [];
            total += lengths[i];
        }

        double average = total / Math.Max(1, items.Length);
        var scores = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            for (int term = 0; term < occurrences[i].Length; term++)
            {
                double frequency = occurrences[i][term];
                double rarity = Math.Log(1 + ((items.Length - itemsWith[term] + 0.5) / (itemsWith[term] + 0.5)));
                scores[i] += rarity * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * lengths[i] / average))));
            }
        }

        return scores;
    }

    private static IEnumerable<string> Words(TextValue text)
    {
        var slice = TextInput.Of(text).Slice;
        foreach (var word in WordsOperator.Slices(slice, CancellationToken.None))
            yield return Stem(word.Length <= BlockCache.BlockBytes ? word.Decode().ToLowerInvariant() : "");
    }

    /// <summary>Harman's S stemmer: plurals only, so that no two words of different meaning meet.</summary>
    private static string Stem(string word)
    {
        if (word.Length < 4 || word[^1] != 's')
            return word;
        if (word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal))
            return word[..^2];
        if (word.EndsWith("ies", StringComparison.Ordinal) && word[^4] is not ('e' or 'a'))
            return string.Concat(word.AsSpan(0, word.Length - 3), "y");
        return word[^2] is 'u' or 's' ? word : word[..^1];
    }
}
