using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>An aggregate that aggregates nothing.</summary>
internal static class EmptyAggregates
{
    public static void Check(List<BoundBinding> bindings, DiagnosticSink sink)
    {
        foreach (var binding in bindings)
        {
            if (!BoundTree.Descendants(binding.Value)
                .Any(expression => expression is BoundAggregate or BoundVariable or BoundNested || expression.Type == RlmType.Unknown))
            {
                sink.Report(DslDiagnostics.MisplacedAggregate, binding.Span, $"`{binding.Name}` aggregates nothing",
                    $"put it into an aggregate: `{binding.Name} = max({sink.TextAt(binding.Value.Span)})`; there are {string.Join(", ", FunctionCatalog.Aggregates.Select(name => $"`{name}(…)`"))}");
            }
        }
    }
}
