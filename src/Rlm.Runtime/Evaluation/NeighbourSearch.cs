using System.Runtime.CompilerServices;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Evaluation;

/// <summary>Whether a stage's expressions ask for neighbours, for which its list must stand in memory; found once for each stage.</summary>
internal static class NeighbourSearch
{
    private static readonly ConditionalWeakTable<BoundStage, object> Found = [];

    public static bool HasNeighbours(BoundStage stage) => (bool)Found.GetValue(stage, static stage => stage.Arguments.Any(InArgument));

    private static bool InArgument(BoundArgument argument) => argument.Value switch
    {
        BoundExpression expression => In(expression),
        IReadOnlyList<BoundBinding> bindings => bindings.Any(binding => In(binding.Value)),
        IReadOnlyList<BoundOrder> orders => orders.Any(order => In(order.Key)),
        _ => false,
    };

    private static bool In(BoundExpression? expression) => expression switch
    {
        null => false,
        BoundWindow => true,
        BoundTemplate template => template.Parts.Any(In),
        BoundField field => In(field.Target),
        BoundOpenField field => In(field.Target) || In(field.Fallback),
        BoundProvenance provenance => In(provenance.Target),
        BoundUnary unary => In(unary.Operand),
        BoundBinary binary => In(binary.Left) || In(binary.Right),
        BoundConditional conditional => In(conditional.Condition) || In(conditional.Then) || In(conditional.Else),
        BoundCall call => call.Arguments.Any(In),
        BoundAggregate aggregate => In(aggregate.Argument) || In(aggregate.Parameter) || In(aggregate.Condition),
        BoundList list => list.Items.Any(In),
        BoundRecord record => record.Fields.Any(field => In(field.Value)),
        BoundIndexer indexer => In(indexer.Target) || In(indexer.Index),
        BoundPattern pattern => In(pattern.Literal),
        // A nested stage may hold an outer value that asks for a neighbour; one that asks for its own only costs memory here.
        BoundNested nested => In(nested.Pipeline.Source) || nested.Pipeline.Stages.Any(HasNeighbours),
        _ => false,
    };
}
