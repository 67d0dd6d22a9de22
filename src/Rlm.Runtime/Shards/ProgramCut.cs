using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Planning;

namespace Rlm.Runtime.Shards;

/// <summary>What of a program shards do for themselves: which lines of which texts they may leave out.</summary>
internal sealed class ProgramCut
{
    private readonly Dictionary<VariableSymbol, List<LineFilter>> _filters = [];
    private readonly HashSet<VariableSymbol> _whole = [];
    private readonly List<(BoundPipeline Pipeline, IReadOnlyList<BoundStage> Stages, LineFilter? Filter, int Paid)> _pipelines = [];
    private readonly HashSet<VariableSymbol> _taken = [];
    private bool _asksForBytes;

    private ProgramCut(BoundProgram program, RlmOptions options)
    {
        foreach (var statement in program.Statements)
        {
            switch (statement)
            {
                case BoundLet let:
                    Take(let.Symbol, options);
                    break;
                case BoundShow show:
                    Take(show.Value, options);
                    break;
                case BoundAnswer answer:
                    // What stands behind it is never run.
                    Take(answer.Value, options);
                    return;
                case BoundAssert assert:
                    TakeAll(assert.Message is { } message ? [assert.Condition, message] : [assert.Condition], options);
                    break;
            }
        }
    }

    public static ProgramCut Of(BoundProgram program, RlmOptions options) => new(program, options);

    /// <summary>
    /// What tells the lines of a variable that somebody asks for, which are those of all filters; null where every line may be asked for. None is
    /// of a variable that the program does not read.
    /// </summary>
    public IReadOnlyList<LineFilter>? FindFilters(VariableSymbol variable) =>
        _asksForBytes || _whole.Contains(variable) ? null : _filters.GetValueOrDefault(variable) ?? [];

    /// <summary>The beginnings of pipelines with the paid stages that a shard asks about its own rows.</summary>
    public IEnumerable<BoundPipeline> PaidHeads => _pipelines.Where(static taken => taken.Paid > 0)
        .Select(static taken => taken.Pipeline with { Stages = [.. taken.Stages.Take(taken.Paid)] });

    /// <summary>Where each stage is run, in the order of the program.</summary>
    public IReadOnlyList<RlmShardedStage> TellPlaces(SourceText source) =>
    [
        .. _pipelines.SelectMany(taken => taken.Stages.Select((stage, i) =>
            new RlmShardedStage(PaidStages.TextOf(source, stage.Span), PlaceOf(taken, i)) { IsPaid = stage.Operator.IsPaid })),
    ];

    private RlmShardPlace PlaceOf((BoundPipeline Pipeline, IReadOnlyList<BoundStage> Stages, LineFilter? Filter, int Paid) taken, int stage)
    {
        if (stage < taken.Paid)
            return RlmShardPlace.OnTheShards;
        if (taken.Filter is not { } filter || FindFilters(((BoundVariable)taken.Pipeline.Source).Symbol) is not { } filters)
            return RlmShardPlace.Here;

        return stage < filter.Stages.Count ? RlmShardPlace.OnTheShards
            : stage < filter.Stages.Count + filter.MergedStages && (filter.Taker is not null || filters.Count == 1) ? RlmShardPlace.Merged
            : RlmShardPlace.Here;
    }

    private void Take(BoundPipeline pipeline, RlmOptions options)
    {
        var expressions = BoundTree.Expressions(pipeline);
        var stages = StageOrder.Of(pipeline, options);
        var found = pipeline.Source is BoundVariable { Symbol.Definition: null } ? LineFilter.Of(stages) : null;
        _pipelines.Add((pipeline, stages, found, PaidHead.CountStages(pipeline, stages)));
        if (found is { } filter && pipeline.Source is BoundVariable { Symbol: var symbol })
        {
            if (!_filters.TryGetValue(symbol, out var filters))
                _filters.Add(symbol, filters = []);
            filters.Add(filter);
            expressions = expressions.Skip(1);
        }

        TakeAll(expressions, options);
        foreach (var label in pipeline.Stages.SelectMany(static stage => stage.LabelVariables))
            Take(label, options);
    }

    private void TakeAll(IEnumerable<BoundExpression> expressions, RlmOptions options)
    {
        BoundExpression[] all = [.. expressions];
        _asksForBytes |= all.SelectMany(BoundTree.Descendants).Any(static expression => expression is BoundProvenance { Kind: ProvenanceKind.At });
        foreach (var symbol in BoundTree.Variables(all))
            Take(symbol, options);
    }

    private void Take(VariableSymbol symbol, RlmOptions options)
    {
        if (symbol.Definition is null)
            _whole.Add(symbol);
        else if (_taken.Add(symbol))
            Take(symbol.Definition, options);
    }
}
