using Rlm.Dsl.Text;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>The folds by name, for the operators, the aggregates and the functions of lists alike.</summary>
internal static class FoldTable
{
    private static readonly Dictionary<string, Func<string, bool, Fold>> Table = new(StringComparer.Ordinal)
    {
        ["count"] = (name, isConditional) => new ConditionFold(name, isConditional),
        ["share"] = (name, _) => new ConditionFold(name, true),
        ["sum"] = (name, _) => new SumFold(name, isMean: false),
        ["average"] = (name, _) => new SumFold(name, isMean: true),
        ["median"] = (name, _) => new RankFold(name, Median),
        ["stdev"] = (name, _) => new DeviationFold(name),
        ["min"] = (name, _) => new ExtremeFold(name, isGreatest: false),
        ["max"] = (name, _) => new ExtremeFold(name, isGreatest: true),
        ["first"] = (name, _) => new ItemsFold(name, items => items.Count == 0 ? NoneValue.Instance : items[0]),
        ["last"] = (name, _) => new ItemsFold(name, items => items.Count == 0 ? NoneValue.Instance : items[^1]),
        ["distinct"] = (name, _) => new ItemsFold(name, items => ListValue.Of([.. items.DistinctBy(item => new ValueKey(item))])),
        ["distinct_count"] = (name, _) => new DistinctCountFold(name),
        ["list"] = (name, _) => new ItemsFold(name, items => ListValue.Of([.. items])),
    };

    /// <summary>A new fold.</summary>
    /// <param name="name">An aggregate's name.</param>
    /// <param name="isConditional">Whether the values are those of a condition, which <c>count</c> counts only where true.</param>
    /// <param name="parameter">The percentage of <c>percentile</c>; null for every other.</param>
    /// <param name="span">Where the fold stands, for what is wrong with the parameter.</param>
    public static Fold Create(string name, bool isConditional, Value? parameter, SourceSpan span)
    {
        if (name != "percentile")
            return Table[name](name, isConditional);

        if (parameter is null || Reading.AsNumber(parameter) is not { InDecimal: >= 0 and <= 100 and var percent })
            throw new EvaluationException(span, "`percentile` takes a percentage from 0 to 100", "write `percentile(ms, 95)`");

        decimal rank = percent / 100;
        return new RankFold(name, numbers => numbers[Math.Max(0, (int)Math.Ceiling(rank * numbers.Count) - 1)]);
    }

    private static Number? Median(IReadOnlyList<Number> sorted)
    {
        int middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle]
            : Number.Add(sorted[middle - 1], sorted[middle]) is { } sum ? Number.Divide(sum, 2)
            : null;
    }
}
