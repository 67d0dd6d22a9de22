using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>
/// The variables of a plan, and what expressions over them are: values where everything in them is known, else their size at most.
/// </summary>
internal sealed class PlannedVariables(
    IReadOnlyDictionary<VariableSymbol, Value> values, double tokenFactor, StatementCancellation running)
{
    /// <summary>A number, a date or a truth value.</summary>
    private const long ScalarTokens = 16;

    private readonly Dictionary<VariableSymbol, Value> _known = new(values);
    private readonly Dictionary<VariableSymbol, PlannedValue> _pending = [];

    /// <summary>Most labels that a value may be chosen among; null where nobody can tell.</summary>
    public required long? MaxLabels { get; init; }

    /// <summary>The evaluators of the free operators, by name.</summary>
    public required IReadOnlyDictionary<string, IOperator> Operators { get; init; }

    /// <summary>The clock of the run that is planned.</summary>
    public required DateTimeOffset Clock { get; init; }

    public EvaluationContext NewEvaluation() =>
        new(_known, running) { Operators = Operators, TokenFactor = tokenFactor, Clock = Clock };

    public bool IsKnown(VariableSymbol symbol) => _known.ContainsKey(symbol);

    public bool Has(VariableSymbol symbol) => _known.ContainsKey(symbol) || _pending.ContainsKey(symbol);

    public void Set(VariableSymbol symbol, PlannedValue value)
    {
        if (value.Known is { } known)
            _known[symbol] = ListValue.Keep(known);
        else
            _pending[symbol] = value;
    }

    /// <summary>Whether the expression can be evaluated now. A host's tool is called by the run alone.</summary>
    public bool IsKnown(BoundExpression expression) => WaitsFor(expression) is null;

    /// <summary>Whether all arguments of a stage can be evaluated now.</summary>
    public bool IsKnown(BoundStage stage) => WaitsFor(stage) is null;

    /// <summary>What has to happen before the stage's arguments can be evaluated; null for nothing.</summary>
    public string? WaitsFor(BoundStage stage) =>
        stage.LabelVariables.Select(label => _pending.GetValueOrDefault(label)?.After).FirstOrDefault(after => after is not null)
        ?? BoundTree.Expressions(stage).Select(WaitsFor).FirstOrDefault(after => after is not null);

    /// <summary>The value of an expression that stands outside any item.</summary>
    public PlannedValue Of(BoundExpression expression, EvaluationContext evaluation)
    {
        if (WaitsFor(expression) is not { } after)
            return PlannedValue.Of(ExpressionEvaluator.Evaluate(expression, null, evaluation));

        return expression switch
        {
            BoundVariable variable => _pending[variable.Symbol],
            BoundNested nested => Of(nested.Pipeline, evaluation),
            BoundField field => Of(field.Target, evaluation) with { After = after, MaxTextBytes = null, MaxParts = null },
            BoundList list => ListOf(list, evaluation, after),
            BoundTemplate => PlannedValue.Single(SizeOf(expression, null, evaluation), after),
            _ => PlannedValue.Single(null, after),
        };
    }

    /// <summary>Most estimated tokens of an expression over an item of so many; null where nobody can tell.</summary>
    public long? SizeOf(BoundExpression expression, long? itemTokens, EvaluationContext evaluation)
    {
        switch (expression)
        {
            case BoundItem { Depth: 0 }:
                return itemTokens;
            case BoundField or BoundOpenField or BoundProvenance when IsOfItem(expression):
                return itemTokens is { } whole ? Math.Max(whole, ScalarTokens) : null;
            case BoundTemplate template:
                return template.Parts.Aggregate((long?)0, (sum, part) => sum + SizeOf(part, itemTokens, evaluation));
        }

        if (expression is BoundVariable { Symbol: var symbol } && _pending.TryGetValue(symbol, out var pending))
            return pending.MaxTokens;
        if (NeedsScope(expression))
            return expression.Type.Required == Dsl.Types.RlmType.Number || expression.Type.Required == Dsl.Types.RlmType.Bool
                ? ScalarTokens
                : null;
        return IsKnown(expression)
            ? TokenEstimate.OfText(ValueRenderer.InTemplate(ListValue.Keep(ExpressionEvaluator.Evaluate(expression, null, evaluation))))
            : null;
    }

    private PlannedValue Of(BoundPipeline pipeline, EvaluationContext evaluation)
    {
        var value = Of(pipeline.Source, evaluation);
        foreach (var stage in pipeline.Stages)
            value = PlannedStage.Evaluate(value, stage, this, evaluation);
        return value;
    }

    private PlannedValue ListOf(BoundList list, EvaluationContext evaluation, string after)
    {
        long? longest = 0;
        foreach (var item in list.Items)
            longest = SizeOf(item, null, evaluation) is { } tokens && longest is { } soFar ? Math.Max(soFar, tokens) : null;
        return PlannedValue.List(list.Items.Count, longest, after);
    }

    private string? WaitsFor(BoundExpression expression)
    {
        foreach (var inner in BoundTree.Descendants(expression))
        {
            if (inner is BoundCall { Function: { IsTool: true, Name: var tool } })
                return $"the tool `{tool}` has been called";
        }

        return BoundTree.Variables([expression]).Select(symbol => _pending.GetValueOrDefault(symbol)?.After)
            .FirstOrDefault(after => after is not null);
    }

    private static bool IsOfItem(BoundExpression expression) => expression switch
    {
        BoundItem { Depth: 0 } => true,
        BoundField field => IsOfItem(field.Target),
        BoundOpenField field => IsOfItem(field.Target),
        BoundProvenance provenance => IsOfItem(provenance.Target),
        _ => false,
    };

    /// <summary>
    /// Whether an expression cannot be evaluated outside an item or group. A neighbour and an aggregate cannot, even where
    /// they are the same for each item.
    /// </summary>
    private static bool NeedsScope(BoundExpression expression) =>
        BoundTree.ReadsItem(expression) || BoundTree.Descendants(expression).Any(inner => inner is BoundWindow or BoundAggregate);
}
