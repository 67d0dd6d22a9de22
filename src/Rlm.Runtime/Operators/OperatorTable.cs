using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Folds;
using Rlm.Runtime.Operators.Join;
using Rlm.Runtime.Operators.Look;
using Rlm.Runtime.Operators.Rows;

namespace Rlm.Runtime.Operators;

/// <summary>The evaluators of the free operators, in the catalogue's order.</summary>
internal static class OperatorTable
{
    public static IReadOnlyList<IOperator> All { get; } =
    [
        new DescribeOperator(),
        new PeekOperator(),
        new SampleOperator(),
        new LinesOperator(),
        new ParagraphsOperator(),
        new SentencesOperator(),
        new WordsOperator(),
        new ChunkOperator(),
        new SplitOperator(),
        new SliceOperator(),
        new ParseOperator(),
        new GrepOperator(),
        new ExtractFieldOperator(),
        new ExtractOperator(),
        new RankOperator(),
        new WhereOperator(),
        new MapOperator(),
        new ExtendOperator(),
        new SelectOperator(),
        new GetOperator(),
        new SortOperator(),
        new TopOperator(),
        new SkipOperator(),
        new FirstOperator(),
        new LastOperator(),
        new ReverseOperator(),
        new DistinctOperator(),
        new FlattenOperator(),
        new GroupSimilarOperator(),
        new GroupOperator(),
        new FillOperator(),
        new PivotOperator(),
        new JoinRowsOperator("join on", keepsAll: false),
        new JoinRowsOperator("left join", keepsAll: true),
        new PairsOperator(),
        new FollowOperator(),
        new CountOperator(),
        new FoldOperator("sum"),
        new FoldOperator("average"),
        new FoldOperator("min"),
        new FoldOperator("max"),
        new FoldOperator("median"),
        new FoldOperator("stdev"),
        new FoldOperator("percentile"),
        new ShareOperator(),
        new AggregateOperator(),
        new QuantifierOperator("any", isAll: false),
        new QuantifierOperator("all", isAll: true),
        new JoinTextsOperator(),
        new ToOperator(),
        new CallOperator(),
    ];

    public static IReadOnlyDictionary<string, IOperator> ByName { get; } = All.ToDictionary(
        evaluator => evaluator.Name, StringComparer.Ordinal);
}
