using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Planning;

/// <summary>Moves free filters and cuts before paid stages, which changes what an answer costs and never the answer.</summary>
internal static class StageOrder
{
    public static IReadOnlyList<BoundStage> PutCheapestFirst(IReadOnlyList<BoundStage> stages)
    {
        if (!stages.Any(stage => stage.Operator.IsPaid))
            return stages;

        var ordered = stages.ToList();
        for (int i = 1; i < ordered.Count; i++)
        {
            for (int j = i; j > 0 && MayGoBefore(ordered[j], ordered[j - 1]); j--)
                (ordered[j - 1], ordered[j]) = (ordered[j], ordered[j - 1]);
        }

        return ordered;
    }

    /// <summary>
    /// Whether the stage, put before the paid one, gives the same. A prompt over neighbours or places would change with its items.
    /// </summary>
    private static bool MayGoBefore(BoundStage stage, BoundStage paid)
    {
        if (!paid.Operator.IsPaid || ReadsPlace(stage) || ReadsPlace(paid) || paid.Find(Slots.Or) is "skip" or "fail")
            return false;

        if (IsCut(stage))
            return paid.Operator.Is(OperatorTraits.GivesOneForEach);

        return stage.Operator is { IsPaid: false } free && free.Is(OperatorTraits.Filters)
            && (paid.Operator.Is(OperatorTraits.Filters) || (paid.Operator.Is(OperatorTraits.AddsFields) && IsIndependent(stage, paid)));
    }

    // Without a number the first or last item is not a list, which a paid stage wants.
    private static bool IsCut(BoundStage stage) => stage.Operator.Is(OperatorTraits.Cuts) && stage.Has(Slots.Count);

    /// <summary>
    /// Whether the filter gives the same with and without the fields that the paid stage adds. Fields of the item are read by name; a bare
    /// item, or a name that only the run resolves, may be anything.
    /// </summary>
    private static bool IsIndependent(BoundStage filter, BoundStage paid)
    {
        var before = (paid.Input.ItemType?.Required as Dsl.Types.RecordType)?.Fields.Select(field => field.Name)
            .ToHashSet(StringComparer.Ordinal) ?? [];
        string? added = paid.Find(Slots.Name);
        return added is not null && BoundTree.Expressions(filter).SelectMany(BoundTree.Descendants).All(expression => expression switch
        {
            BoundItem item => BoundTree.IsLookedInto(filter, item),
            BoundField field when field.Target is BoundItem { Depth: 0 } => field.Name != added && before.Contains(field.Name),
            BoundOpenField or BoundProvenance or BoundNested => false,
            _ => true,
        });
    }

    private static bool ReadsPlace(BoundStage stage) =>
        BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).Any(expression => expression is BoundIndex or BoundWindow);
}
