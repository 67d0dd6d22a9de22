using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Planning;

/// <summary>Moves free filters and cuts before paid stages, which changes what an answer costs and never the answer.</summary>
internal static class StageOrder
{
    /// <summary>The stages in the order in which a run goes through them.</summary>
    public static IReadOnlyList<BoundStage> Of(BoundPipeline pipeline, RlmOptions options) =>
        options.RunsAsWritten ? pipeline.Stages : PutCheapestFirst(pipeline.Stages);

    private static IReadOnlyList<BoundStage> PutCheapestFirst(IReadOnlyList<BoundStage> stages)
    {
        var ordered = stages.ToList();
        int firstPaid = ordered.FindIndex(stage => stage.Operator.IsPaid);
        if (firstPaid < 0)
            return stages;

        var tied = new HashSet<BoundStage>(stages.Where(IsTied), ReferenceEqualityComparer.Instance);
        for (int i = firstPaid + 1; i < ordered.Count; i++)
        {
            // It stops before the first paid stage that it reaches; what is free behind that one is passed by the way.
            var stage = ordered[i];
            int place = i;
            for (int j = i - 1; j >= firstPaid && MayGoBefore(stage, ordered[j], tied); j--)
                place = ordered[j].Operator.IsPaid ? j : place;
            ordered.RemoveAt(i);
            ordered.Insert(place, stage);
            firstPaid += place == firstPaid ? 1 : 0;
        }

        return ordered;
    }

    /// <summary>
    /// Whether the two stages give the same in the other order. A prompt over neighbours, examples or places would change with its items, and a tool
    /// of the host is called for the items that the program says.
    /// </summary>
    private static bool MayGoBefore(BoundStage stage, BoundStage other, HashSet<BoundStage> tied)
    {
        if (stage.Operator.IsPaid || tied.Contains(stage) || tied.Contains(other) || (other.Operator.IsPaid && other.Find(Slots.Or) is "skip" or "fail"))
            return false;
        if (IsCut(stage))
            return other.Operator.Is(OperatorTraits.GivesOneForEach);

        return stage.Operator.Is(OperatorTraits.Filters)
            && (other.Operator.Is(OperatorTraits.Filters | OperatorTraits.Orders)
                || (other.Operator.Is(OperatorTraits.AddsFields) && IsIndependent(stage, other)));
    }

    // Without a number the first or last item is not a list, which a paid stage wants.
    private static bool IsCut(BoundStage stage) => stage.Operator.Is(OperatorTraits.Cuts) && stage.Has(Slots.Count);

    /// <summary>
    /// Whether the filter gives the same with and without the fields that the other stage adds. Fields of the item are read by name; a bare
    /// item, or a name that only the run resolves, may be anything.
    /// </summary>
    private static bool IsIndependent(BoundStage filter, BoundStage other)
    {
        var before = FieldsOf(other.Input.ItemType);
        if (other.Operator.Makes(other).Concat(FieldsOf(other.Find(Slots.As))).ToArray() is not { Length: > 0 } added)
            return false;

        return BoundTree.Expressions(filter).SelectMany(BoundTree.Descendants).All(expression => expression switch
        {
            BoundItem item => BoundTree.IsLookedInto(filter, item),
            BoundField field when field.Target is BoundItem { Depth: 0 } => !added.Contains(field.Name) && before.Contains(field.Name),
            BoundOpenField or BoundProvenance or BoundNested => false,
            _ => true,
        });
    }

    private static string[] FieldsOf(RlmType? type) => type?.Required is RecordType record ? [.. record.Fields.Select(field => field.Name)] : [];

    /// <summary>Whether it is other for other neighbours, examples or places, or calls a tool.</summary>
    private static bool IsTied(BoundStage stage) => stage.Has(Slots.Neighbours) || stage.Has(Slots.Calibrate) || BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants)
        .Any(expression => expression is BoundIndex or BoundWindow or BoundCall { Function.IsTool: true });
}
