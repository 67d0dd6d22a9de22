using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>A column or mapped value that no later stage reads before a fold.</summary>
internal static class UnusedValues
{
    public static void Check(IReadOnlyList<BoundStage> stages, DiagnosticSink sink)
    {
        for (int i = 0; i + 1 < stages.Count; i++)
        {
            foreach (string? name in stages[i].Operator.Makes(stages[i]))
            {
                if (FoldsUnread(stages, i + 1, name) is { } fold)
                {
                    sink.Report(stages[i].Operator.IsPaid ? DslDiagnostics.UnusedColumn : DslDiagnostics.UnusedValue, stages[i].Span,
                        name is null
                            ? $"what `map` makes here is never read: `{fold}` only counts the items"
                            : $"`{name}` is made and never used",

                        name is null
                            ? "leave the `map` out, or use `extend x = …` and read `x`"
                            : $"leave it out, or read it: `| {fold} by {name}`, `| where {name} …`");
                }
            }
        }
    }

    /// <summary>The fold that drops the value unread, or null where something reads it first.</summary>
    private static string? FoldsUnread(IReadOnlyList<BoundStage> stages, int from, string? name)
    {
        for (int i = from; i < stages.Count; i++)
        {
            var stage = stages[i];
            if (Reads(stage, name))
                return null;

            if (stage.Operator.Is(OperatorTraits.DropsItems))
                return stage.Operator.Name;

            if (!stage.Operator.KeepsItems && !stage.Operator.Is(OperatorTraits.AddsFields))
                return null;
        }

        return null;
    }

    private static bool Reads(BoundStage stage, string? name)
    {
        if (stage.Operator.IsPaid || stage.Operator.Is(OperatorTraits.ReadsItems))
            return true;

        if (stage.Arguments.Count == 0 && stage.Operator.Is(OperatorTraits.ComparesItems))
            return true;

        if (stage.Arguments.Any(argument => argument.Slot.NamesField && (name is null || name.Equals(argument.Value))))
            return true;

        return BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).Any(expression => expression switch
        {
            BoundField field => field.Name == name || name is null,
            BoundOpenField field => field.Name == name || name is null,
            BoundItem or BoundProvenance => name is null || !BoundTree.IsLookedInto(stage, expression),
            BoundAggregate { Argument: null } aggregate => !aggregate.Function.Is(FunctionTraits.CountsItems),
            _ => false,
        });
    }
}
