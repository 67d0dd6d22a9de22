using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Folds;
using Rlm.Runtime.Operators.Rows;

namespace Rlm.Runtime.Shards;

/// <summary>The stages at the beginning of a pipeline by which lines of its text are told that it has no use for.</summary>
/// <param name="Stages">One that takes a text, or <c>lines</c> and the one behind it.</param>
internal sealed record LineFilter(IReadOnlyList<BoundStage> Stages)
{
    private static readonly HashSet<BinaryOperator> Tests =
    [
        BinaryOperator.And, BinaryOperator.Or, BinaryOperator.Contains, BinaryOperator.Matches, BinaryOperator.Equal, BinaryOperator.NotEqual,
    ];

    private static readonly HashSet<string> Folds = new(StringComparer.Ordinal) { "count", "sum", "average", "min", "max", "median", "percentile", "share" };

    /// <summary>
    /// The fields that the stages behind read of a row, which end with one that makes one value, or one of each key, in which equal rows are a number:
    /// lines whose rows have the same fields say the same. Null where a line may be asked for by itself.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; private init; }

    /// <summary>How many stages behind work on what each shard has counted, or would take alone.</summary>
    public int MergedStages => Taker is not null ? 1 : Fields is not null ? Conditions + 1 : 0;

    /// <summary>How many conditions on fields stand in front of the fold.</summary>
    private int Conditions { get; init; }

    /// <summary>The stage behind that takes some of the lines alone, told by the lines before or behind them: their first, last or different ones; null for none.</summary>
    public BoundStage? Taker { get; private init; }

    /// <summary>How many lines it takes, where it does not take all different ones.</summary>
    public int Taken => Taker?.Find(Slots.Count) is BoundLiteral { Value: decimal count } ? (int)count : 1;

    /// <summary>The stage that leaves lines out.</summary>
    public BoundStage Last => Stages[^1];

    /// <summary>What evaluates it.</summary>
    public IOperator? Evaluator => EvaluatorOf(Last);

    /// <summary>The filter of stages in the order of the run; null where they may ask for any line.</summary>
    public static LineFilter? Of(IReadOnlyList<BoundStage> stages)
    {
        if (stages.Count == 0)
            return null;

        return EvaluatorOf(stages[0]) switch
        {
            ExtractOperator when IsOfEachLine(stages[0]) && CountConditions(stages) is var conditions => new LineFilter([stages[0]])
            {
                Fields = FindFields(stages[0], [.. stages.Skip(1).Take(conditions + 1)]),
                Conditions = conditions,
            },
            ParseOperator when stages[0].Get(Slots.Format) is "csv" or "tsv" or "jsonl" && CountConditions(stages) is var conditions
                && FindFields(stages[0], [.. stages.Skip(1).Take(conditions + 1)]) is { } fields => new LineFilter([stages[0]]) { Fields = fields, Conditions = conditions },
            GrepOperator when IsOfEachLine(stages[0]) => new LineFilter([stages[0]]) { Fields = FindCount(stages, 1), Taker = FindTaker(stages, 0) },
            LinesOperator when stages.Count > 1 && EvaluatorOf(stages[1]) is GrepOperator or WhereOperator && IsOfEachLine(stages[1]) =>
                new LineFilter([stages[0], stages[1]]) { Fields = EvaluatorOf(stages[1]) is WhereOperator ? FindCount(stages, 2) : null, Taker = FindTaker(stages, 1) },
            LinesOperator when new LineFilter([stages[0]]) { Fields = FindCount(stages, 1), Taker = FindTaker(stages, 0) } is { MergedStages: > 0 } filter => filter,
            _ => null,
        };
    }

    /// <summary>The stage behind one that gives lines, where it takes the same whatever lines are left out that it does not take.</summary>
    private static BoundStage? FindTaker(IReadOnlyList<BoundStage> stages, int filter)
    {
        // A note of `grep not` tells of the lines that are left out, and a row of `extract` may be one of several of its line.
        if (stages.Count == filter + 1 || EvaluatorOf(stages[filter]) is ExtractOperator || stages[filter].Has(Slots.Not))
            return null;

        var taker = stages[filter + 1];
        return EvaluatorOf(taker) switch
        {
            FirstOperator or LastOperator => taker.Find(Slots.Count) is null or BoundLiteral { Value: decimal and >= 1 and <= int.MaxValue } ? taker : null,
            DistinctOperator when !taker.Has(Slots.By) => taker,
            _ => null,
        };
    }

    public static IOperator? EvaluatorOf(BoundStage stage) => OperatorTable.ByName.GetValueOrDefault(stage.Operator.Name);

    /// <summary>Whether a stage looks at each line by itself, and needs no variable for that.</summary>
    public static bool IsOfEachLine(BoundStage stage) => EvaluatorOf(stage) switch
    {
        WhereOperator => IsOfLine(stage.Get(Slots.Condition)),
        GrepOperator => HasLiterals(stage) && !stage.Has(Slots.Around) && !stage.Has(Slots.Before) && !stage.Has(Slots.After),
        _ => HasLiterals(stage) && stage.Get(Slots.CapturePattern) is { SpansLines: false } pattern
            && !PatternsOverLines.Of(pattern).Any() && !new ExtractNote(stage).MayEndEarly,
    };

    private static bool HasLiterals(BoundStage stage) => BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants)
        .All(static expression => expression is BoundPattern or BoundLiteral or BoundTemplate);

    /// <summary>Whether a condition tells by a line alone, whatever lines there are beside it and whenever it is asked.</summary>
    private static bool IsOfLine(BoundExpression condition) => BoundTree.Descendants(condition).All(static expression => expression switch
    {
        BoundItem { Depth: 0 } or BoundLiteral or BoundPattern or BoundUnary { Operator: UnaryOperator.Not } => true,
        BoundBinary binary => Tests.Contains(binary.Operator),
        _ => false,
    });

    /// <summary>The fields, which are none, of a stage that only counts lines; null where it does something else.</summary>
    private static string[]? FindCount(IReadOnlyList<BoundStage> stages, int at) =>
        stages.Count > at && EvaluatorOf(stages[at]) is CountOperator && stages[at].Arguments.Count == 0 ? [] : null;

    private static int CountConditions(IReadOnlyList<BoundStage> stages) => stages.Skip(1).TakeWhile(static stage => EvaluatorOf(stage) is WhereOperator).Count();

    /// <summary>What stages read of the rows of an `extract` or `parse`, the last of which is a fold; null where they are others.</summary>
    private static string[]? FindFields(BoundStage filter, IReadOnlyList<BoundStage> stages)
    {
        bool isExtract = EvaluatorOf(filter) is ExtractOperator;
        if (stages.Count == 0 || !IsFold(stages[^1]) || (isExtract && (filter.Has(Slots.As) || new ExtractNote(filter).MayTakeMore)))
            return null;

        // Which columns a table has is for who reads its header.
        var captures = isExtract ? filter.Get(Slots.CapturePattern).Captures : null;
        var read = stages.SelectMany(BoundTree.Expressions).SelectMany(BoundTree.Descendants).ToList();
        var fields = read.OfType<BoundField>().ToList();
        bool isByField = read.All(expression => expression switch
        {
            BoundLiteral or BoundPattern or BoundUnary or BoundBinary => true,
            BoundAggregate { Function.Name: var name } => Folds.Contains(name),
            BoundField { Target: BoundItem } field => captures?.Contains(field.Name) ?? true,
            BoundItem => fields.Any(field => ReferenceEquals(field.Target, expression)),
            _ => false,
        });
        return isByField ? [.. fields.Select(static field => field.Name).Distinct()] : null;
    }

    private static bool IsFold(BoundStage stage) => EvaluatorOf(stage) is CountOperator or ShareOperator or AggregateOperator
        || (EvaluatorOf(stage) is FoldOperator fold && Folds.Contains(fold.Name));
}
