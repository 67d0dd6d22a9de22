using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Execution;

/// <summary>Moves free filters before paid stages, which changes what an answer costs and never the answer.</summary>
internal static class StageOrder
{
    public static IReadOnlyList<BoundStage> Cheapest(IReadOnlyList<BoundStage> stages)
    {
        if (!stages.Any(stage => stage.Operator.Name == "extend llm"))
            return stages;

        var ordered = stages.ToList();
        for (int i = 1; i < ordered.Count; i++)
        {
            for (int j = i; j > 0 && IsFilter(ordered[j]) && ordered[j - 1].Operator.Name == "extend llm" && IsIndependent(ordered[j], ordered[j - 1]); j--)
                (ordered[j - 1], ordered[j]) = (ordered[j], ordered[j - 1]);
        }

        return ordered;
    }

    private static bool IsFilter(BoundStage stage) => stage.Operator.Name == "where";

    /// <summary>
    /// Whether the filter gives the same with and without the fields that the paid stage adds. One that reads whole items does not: the items
    /// are other ones; nor does one that follows a prompt over neighbours or places, which the filter would change.
    /// </summary>
    private static bool IsIndependent(BoundStage filter, BoundStage paid)
    {
        if (ReadsPlace(filter) || ReadsPlace(paid) || paid.Word("or") == "skip")
            return false;

        // Fields of the item are read by name; a bare item, or a name that only the run resolves, may be anything.
        var before = (paid.Input.ItemType?.Required as Dsl.Types.RecordType)?.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        string? added = paid.Word("name");
        return added is not null && BoundTree.Expressions(filter).SelectMany(BoundTree.Descendants).All(expression => expression switch
        {
            BoundItem item => IsFieldTarget(filter, item),
            BoundField field when field.Target is BoundItem { Depth: 0 } => field.Name != added && before.Contains(field.Name),
            BoundOpenField or BoundProvenance or BoundNested => false,
            _ => true,
        });
    }

    private static bool ReadsPlace(BoundStage stage) =>
        BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).Any(expression => expression is BoundIndex or BoundNeighbour);

    private static bool IsFieldTarget(BoundStage stage, BoundItem item) =>
        BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).Any(expression => expression is BoundField field && ReferenceEquals(field.Target, item));
}
