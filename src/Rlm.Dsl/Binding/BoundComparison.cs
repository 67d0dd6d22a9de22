using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>Compares what was bound of two programs with equal trees by all that a run reads but where it stood.</summary>
internal static class BoundComparison
{
    /// <summary>Whether statements do the same.</summary>
    public static bool AreEqual(IEnumerable<BoundStatement> first, IEnumerable<BoundStatement> second) =>
        first.SelectMany(Marks).SequenceEqual(second.SelectMany(Marks));

    // In order of the tree, each with how much is below it.
    private static IEnumerable<object?> Marks(BoundStatement statement) => (statement switch
    {
        BoundLet let => Marks(let.Symbol.Definition!),
        BoundAnswer answer => Marks(answer.Value),
        BoundShow show => Marks(show.Value),
        BoundAssert assert => Marks(assert.Condition).Concat(assert.Message is null ? [] : Marks(assert.Message)),
        _ => [],
    }).Prepend(statement.GetType());

    private static IEnumerable<object?> Marks(BoundPipeline pipeline) =>
        Marks(pipeline.Source).Concat(pipeline.Stages.SelectMany(Marks)).Prepend(pipeline.Stages.Count);

    private static IEnumerable<object?> Marks(BoundStage stage) => stage.Arguments.SelectMany(Marks)
        .Prepend((stage.Operator.Name, stage.IsLifted, stage.PromptReadsItem, stage.Output.ToString(), stage.Arguments.Count));

    private static IEnumerable<object?> Marks(BoundArgument argument) => (argument.Value switch
    {
        BoundExpression expression => Marks(expression),
        IReadOnlyList<BoundBinding> bindings => bindings.SelectMany(binding => Marks(binding.Value).Prepend(binding.Name)),
        IReadOnlyList<BoundOrder> orders => orders.SelectMany(order => Marks(order.Key).Prepend(order.Descending)),
        RlmType type => [type.ToString()],
        string or decimal or bool or Enum => [argument.Value],
        _ => [argument.Value.GetType()],
    }).Prepend(argument.Slot);

    private static IEnumerable<object?> Marks(BoundExpression expression)
    {
        // Not recursive, for operations are many levels deep.
        var pending = new Stack<BoundExpression>();
        pending.Push(expression);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (next is BoundNested nested)
            {
                foreach (object? mark in Marks(nested.Pipeline))
                    yield return mark;
                continue;
            }

            BoundExpression[] children = [.. BoundTree.Children(next)];
            yield return (next.GetType(), next.Type.ToString(), ContentOf(next), children.Length);
            foreach (var child in children.Reverse())
                pending.Push(child);
        }
    }

    /// <summary>What an expression holds beside its type and the expressions below it.</summary>
    private static object? ContentOf(BoundExpression expression) => expression switch
    {
        BoundLiteral literal => literal.Value,
        BoundPattern pattern => (pattern.Regex, pattern.Flags, string.Join("\n", pattern.Captures), string.Join("\n", pattern.Texts ?? [])),
        BoundItem item => item.Depth,
        BoundIndex index => index.Depth,
        BoundField field => field.Name,
        BoundOpenField field => (field.Name, field.Fallback is null),
        BoundProvenance provenance => provenance.Kind,
        // A let of its own, for a paid pipeline, is called by its text.
        BoundVariable { Symbol.Definition: null } variable => variable.Symbol.Name,
        BoundUnary unary => unary.Operator,
        BoundBinary binary => (binary.Operator, binary.MeansNone, binary.HasBound),
        BoundCall call => (call.Function.Name, call.Arguments.Count),
        BoundWindow window => (window.Function.Name, window.Parameter),
        BoundAggregate aggregate => (aggregate.Function.Name, aggregate.Argument is null, aggregate.Parameter is null),
        BoundRecord record => string.Join("\n", record.Fields.Select(field => field.Name)),
        _ => null,
    };
}
