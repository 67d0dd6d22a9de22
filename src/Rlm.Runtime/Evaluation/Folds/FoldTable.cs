using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>The folds by name, for the operators, the aggregates and the functions of lists alike.</summary>
internal static class FoldTable
{
    private static readonly Dictionary<string, Func<FoldRequest, Fold>> Table = new(StringComparer.Ordinal)
    {
        ["count"] = static asked => new ConditionFold(asked.Name, asked.IsConditional, isShare: false),
        ["share"] = static asked => new ConditionFold(asked.Name, isConditional: true, isShare: true),
        ["sum"] = static asked => new SumFold(asked.Name, isMean: false),
        ["average"] = static asked => new SumFold(asked.Name, isMean: true),
        ["median"] = static asked => new RankFold(asked.Name, Median),
        ["percentile"] = Percentile,
        ["stdev"] = static asked => new DeviationFold(asked.Name),
        ["correlation"] = static asked => new CorrelationFold(asked.Name),
        ["min"] = static asked => new ExtremeFold(asked.Name, isGreatest: false),
        ["max"] = static asked => new ExtremeFold(asked.Name, isGreatest: true),
        ["first"] = static asked => new EndFold(asked.Name, isLast: false),
        ["last"] = static asked => new EndFold(asked.Name, isLast: true),
        ["distinct"] = static asked => new ItemsFold(asked.Name, items => ListValue.Of([.. items.DistinctBy(item => new ValueKey(item))])),
        ["distinct_count"] = static asked => new DistinctCountFold(asked.Name),
        ["list"] = static asked => new ItemsFold(asked.Name, items => ListValue.Of([.. items])),
    };

    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>A new fold.</summary>
    /// <param name="name">A fold's name.</param>
    /// <param name="isConditional">Whether the values are those of a condition, which <c>count</c> counts only where true.</param>
    /// <param name="parameter">What stands behind the expression; null for nothing.</param>
    /// <param name="span">Where the fold stands, for what is wrong with the parameter.</param>
    public static Fold Create(string name, bool isConditional, Value? parameter, SourceSpan span) =>
        Table[name](new FoldRequest(name, isConditional, parameter, span));

    private static RankFold Percentile(FoldRequest asked)
    {
        if (asked.Parameter is null || Reading.AsNumber(asked.Parameter) is not { InDecimal: >= 0 and <= 100 and var percent })
            throw new EvaluationException(asked.Span, "`percentile` takes a percentage from 0 to 100", "write `percentile(ms, 95)`");

        // 0.95 is how libraries write the 95th; nobody asks for less than the first.
        decimal rank = percent is > 0 and < 1 ? percent : percent / 100;
        return new RankFold(asked.Name, numbers => numbers[Math.Max(0, (int)Math.Ceiling(rank * numbers.Count) - 1)]);
    }

    private static Number? Median(IReadOnlyList<Number> sorted)
    {
        int middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle]
            : Number.Add(sorted[middle - 1], sorted[middle]) is { } sum ? Number.Divide(sum, 2)
            : Number.OfDouble((sorted[middle - 1].InDouble / 2) + (sorted[middle].InDouble / 2));
    }

    private readonly record struct FoldRequest(string Name, bool IsConditional, Value? Parameter, SourceSpan Span);
}
