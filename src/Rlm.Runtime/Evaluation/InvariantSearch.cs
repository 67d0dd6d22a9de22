using System.Runtime.CompilerServices;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Evaluation;

/// <summary>
/// Whether an expression is the same for every item, since nothing in it sees the scope that it stands in. Such a pipeline in a
/// <c>where</c> is evaluated once and not once for each row.
/// </summary>
internal static class InvariantSearch
{
    private static readonly ConditionalWeakTable<BoundExpression, object> Found = [];

    public static bool IsInvariant(BoundExpression expression) =>
        (bool)Found.GetValue(expression, static expression => !Escapes(expression, 0));

    /// <summary>Whether an expression over an item sees a scope around that.</summary>
    public static bool SeesMoreThanItem(BoundExpression expression) => Escapes(expression, 1);

    /// <summary>Whether it refers to a scope that is not one of the innermost <paramref name="own"/>, which it opens itself.</summary>
    private static bool Escapes(BoundExpression? expression, int own) => expression switch
    {
        null or BoundLiteral or BoundVariable => false,
        BoundItem item => item.Depth >= own,
        BoundIndex index => index.Depth >= own,
        BoundWindow window => own == 0 || Escapes(window.Value, own),
        BoundAggregate aggregate => own == 0 || Escapes(aggregate.Argument, own + 1) || Escapes(aggregate.Parameter, own)
            || Escapes(aggregate.Condition, own + 1),
        BoundTemplate template => template.Parts.Any(part => Escapes(part, own)),
        BoundField field => Escapes(field.Target, own),
        BoundOpenField field => Escapes(field.Target, own) || Escapes(field.Fallback, own),
        BoundProvenance provenance => Escapes(provenance.Target, own),
        BoundUnary unary => Escapes(unary.Operand, own),
        BoundBinary binary => Escapes(binary.Left, own) || Escapes(binary.Right, own),
        BoundConditional conditional =>
            Escapes(conditional.Condition, own) || Escapes(conditional.Then, own) || Escapes(conditional.Else, own),
        // A host's tool may answer otherwise the next time.
        BoundCall call => call.Function.IsTool || call.Arguments.Any(argument => Escapes(argument, own)),
        BoundList list => list.Items.Any(item => Escapes(item, own)),
        BoundRecord record => record.Fields.Any(field => Escapes(field.Value, own)),
        BoundIndexer indexer => Escapes(indexer.Target, own) || Escapes(indexer.Index, own),
        BoundPattern pattern => Escapes(pattern.Literal, own),
        BoundNested nested => Escapes(nested.Pipeline.Source, own) || nested.Pipeline.Stages.Any(stage => Escapes(stage, own)),
        _ => true,
    };

    private static bool Escapes(BoundStage stage, int own) => stage.Arguments.Any(argument => argument.Value switch
    {
        BoundExpression expression => Escapes(expression, argument.Slot.SeesItem ? own + 1 : own),
        IReadOnlyList<BoundBinding> bindings => bindings.Any(binding => Escapes(binding.Value, own + 1)),
        IReadOnlyList<BoundOrder> orders => orders.Any(order => Escapes(order.Key, own + 1)),
        _ => false,
    });
}
