using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>A neighbour of a row behind a filter: the one among those that are left, where the one in the file may be meant.</summary>
internal static class FilteredNeighbours
{
    public static void Check(IReadOnlyList<BoundStage> stages, DiagnosticSink sink)
    {
        string? filter = null;
        foreach (var stage in stages)
        {
            if (filter is not null && FindNeighbour(stage) is { } neighbour)
            {
                string text = sink.TextAt(neighbour.Span);
                sink.Report(DslDiagnostics.ReadAs, neighbour.Span, $"`{text}` is of the rows that `{filter}` left: beside them there may be others in the text",
                    $"of all rows make it before: `extend beside = {text} | {filter} …`");
                return;
            }

            if (filter is not null && stage.FindArgument(Slots.Neighbours) is { } shown)
            {
                sink.Report(DslDiagnostics.ReadAs, shown.Span, $"`around` shows neighbours among the rows that `{filter}` left: beside them there may be others in the text",
                    "to show those, ask first and filter behind it");
                return;
            }

            // What puts rows in order, folds or cuts them makes neighbours of its own.
            filter = stage.Operator.Is(OperatorTraits.Filters) || stage.Operator == OperatorCatalog.Find("grep") ? filter ?? stage.Operator.Head
                : stage.Operator.Is(OperatorTraits.AddsFields) || stage.Operator.Is(OperatorTraits.GivesOneForEach) ? filter : null;
        }
    }

    private static BoundWindow? FindNeighbour(BoundStage stage) => BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).OfType<BoundWindow>()
        .FirstOrDefault(window => window.Function == FunctionCatalog.Find("prev") || window.Function == FunctionCatalog.Find("next"));
}
