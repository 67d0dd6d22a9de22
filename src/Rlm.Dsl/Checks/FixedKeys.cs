using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>What items are put in order or into groups by, and is the same for all of them, or has no order.</summary>
internal static class FixedKeys
{
    public static void Check(BoundStage stage, DiagnosticSink sink)
    {
        // A key with a name of its own may be the same for all: `count by all = 1`.
        var keys = (stage.Find(Slots.By) ?? []).Where(key => key.Name == "key" || stage.Operator.KeepsItems).Select(key => key.Value)
            .Concat((stage.Find(Slots.Orders) ?? []).Select(order => order.Key));
        foreach (var expression in stage.Operator.Is(OperatorTraits.TakesBest) && stage.Find(Slots.Key) is { } best ? keys.Append(best) : keys)
        {
            if (stage.Find(Slots.By) is null && expression.Type.Required is ListType)
            {
                sink.Report(DslDiagnostics.WrongOperand, expression.Span, "a list has no order",
                    "put each part on its own behind `sort by`, as in `sort by a, b`");
                continue;
            }

            if ((expression is BoundLiteral { Value: string } && !stage.Operator.KeepsItems) || BoundTree.ReadsItem(expression)
                || BoundTree.Descendants(expression).Any(inner => inner is BoundLiteral { Value: null }))
                continue;

            // A value that has the name of a field is told by a warning of its own.
            string written = sink.TextAt(expression.Span);
            if ((stage.Item.Required as RecordType)?.Find(written) is null)
                sink.Report(DslDiagnostics.WrongOperand, expression.Span, $"`{written}` is the same for every item",
                    "name a field, or compute something of the item: `length(it)`");
        }
    }
}
