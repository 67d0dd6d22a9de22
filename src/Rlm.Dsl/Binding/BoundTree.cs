using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Binding;

/// <summary>Walks bound trees.</summary>
internal static class BoundTree
{
    /// <summary>The expressions right below, those of nested pipelines included.</summary>
    public static IEnumerable<BoundExpression> Children(BoundExpression expression) => expression switch
    {
        BoundTemplate template => template.Parts,
        BoundField field => [field.Target],
        BoundOpenField field => field.Fallback is null ? [field.Target] : [field.Target, field.Fallback],
        BoundProvenance provenance => [provenance.Target],
        BoundUnary unary => [unary.Operand],
        BoundBinary binary => [binary.Left, binary.Right],
        BoundConditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        BoundCall call => call.Arguments.Where(argument => argument is not null).Select(argument => argument!),
        BoundWindow window => [window.Value],
        BoundAggregate aggregate =>
            new[] { aggregate.Argument, aggregate.Parameter, aggregate.Condition }.Where(child => child is not null).Select(child => child!),
        BoundList list => list.Items,
        BoundRecord record => record.Fields.Select(field => field.Value),
        BoundIndexer indexer => [indexer.Target, indexer.Index],
        BoundPattern { Literal: { } literal } => [literal],
        BoundNested nested => Expressions(nested.Pipeline),
        _ => [],
    };

    /// <summary>The expression and all below it.</summary>
    public static IEnumerable<BoundExpression> Descendants(BoundExpression expression)
    {
        var pending = new Stack<BoundExpression>();
        pending.Push(expression);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            yield return next;
            foreach (var child in Children(next))
                pending.Push(child);
        }
    }

    /// <summary>The source and the arguments of every stage.</summary>
    public static IEnumerable<BoundExpression> Expressions(BoundPipeline pipeline) =>
        pipeline.Stages.SelectMany(Expressions).Prepend(pipeline.Source);

    /// <summary>The expressions among a stage's arguments.</summary>
    public static IEnumerable<BoundExpression> Expressions(BoundStage stage) => stage.Arguments.SelectMany(argument => argument.Value switch
    {
        BoundExpression expression => [expression],
        IReadOnlyList<BoundBinding> bindings => bindings.Select(binding => binding.Value),
        IReadOnlyList<BoundOrder> orders => orders.Select(order => order.Key),
        _ => (IEnumerable<BoundExpression>)[],
    });

    /// <summary>
    /// What a <c>let</c> of a literal or a pattern holds, at the place where its name stands; any other expression as it is.
    /// </summary>
    public static BoundExpression Resolve(BoundExpression expression)
    {
        if (expression is not BoundVariable { Symbol.Definition: { Stages.Count: 0, Source: var value } } variable)
            return expression;

        var known = value is BoundList list ? list with { Items = [.. list.Items.Select(Resolve)] } : Resolve(value);
        return known is BoundLiteral or BoundPattern || (known is BoundList { Items: var items } && items.All(item => item is BoundLiteral))
            ? known with { Span = variable.Span }
            : expression;
    }

    /// <summary>The name of a list of one row, as <c>top 1</c> gives it, whose field is taken; null for anything else.</summary>
    public static SourceSpan? FindOnlyRow(BoundExpression operand) =>
        operand is BoundField { Target: BoundVariable { Symbol.Definition.Stages: [.., { Input.ItemType: not null } last] } list }
        && (last.Operator.Is(OperatorTraits.TakesBest) || last.Operator.Is(OperatorTraits.TakesFirst)) && last.Find(Slots.Count) is BoundLiteral { Value: 1m }
            ? list.Span : null;

    /// <summary>Whether the expression is other for each item that a stage goes over.</summary>
    public static bool ReadsItem(BoundExpression expression) =>
        Descendants(expression).Any(inner => inner is BoundItem or BoundOpenField or BoundProvenance or BoundIndex);

    /// <summary>Whether a stage only looks into the expression, for a field or where it comes from, and never reads it whole.</summary>
    public static bool IsLookedInto(
        BoundStage stage, BoundExpression target) => Expressions(stage).SelectMany(Descendants).Any(expression => expression switch
    {
        BoundField field => ReferenceEquals(field.Target, target),
        BoundOpenField field => ReferenceEquals(field.Target, target),
        BoundProvenance provenance => ReferenceEquals(provenance.Target, target) || ReferenceEquals(provenance, target),
        _ => false,
    });

    /// <summary>The variables that a pipeline reads, each once, in order.</summary>
    public static IEnumerable<VariableSymbol> Variables(BoundPipeline pipeline) => Variables(Expressions(pipeline))
        .Concat(pipeline.Stages.SelectMany(stage => stage.LabelVariables)).Distinct();

    public static IEnumerable<VariableSymbol> Variables(IEnumerable<BoundExpression> expressions) =>
        expressions.SelectMany(Descendants).SelectMany(expression => expression switch
        {
            BoundVariable variable => [variable.Symbol],
            BoundNested nested => nested.Pipeline.Stages.SelectMany(stage => stage.LabelVariables),
            _ => (IEnumerable<VariableSymbol>)[],
        });
}
