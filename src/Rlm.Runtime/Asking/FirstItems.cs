using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>The first few items that are wanted of a paid stage, so that it may stop before its last item.</summary>
/// <param name="Count">How many are wanted.</param>
/// <param name="Between">The free stages that an item goes through before it counts, each of which looks at it alone.</param>
internal sealed record FirstItems(int Count, IReadOnlyList<BoundStage> Between)
{
    /// <summary>Where the stage stands that takes the first items of a paid one; null where none does, or where all have to be asked about.</summary>
    public static int? FindTaker(IReadOnlyList<BoundStage> stages, int paid)
    {
        if (stages[paid].Operator.Is(OperatorTraits.AsksTogether)
            || (stages[paid].Find(Slots.Or) is "fail" && !stages[paid].Operator.Is(OperatorTraits.Filters)))
            return null;

        int place = paid + 1;
        while (place < stages.Count && LooksAtOneItem(stages[place]))
            place++;
        return place < stages.Count && stages[place].Operator.Is(OperatorTraits.TakesFirst) ? place : null;
    }

    public static FirstItems Of(IReadOnlyList<BoundStage> stages, int paid, int taker, EvaluationContext evaluation) => new(
        StageArguments.FindCount(stages[taker], Slots.Count, null, evaluation) ?? 1, [.. stages.Skip(paid + 1).Take(taker - paid - 1)]);

    /// <summary>How many of some items come through. What is noted of them is noted when all go through.</summary>
    public int CountThrough(ListValue items, EvaluationContext evaluation)
    {
        var aside = evaluation.WithoutNotes();
        var through = (ListValue)Between.Aggregate((Value)items, (value, stage) => StageEvaluator.Evaluate(value, stage, null, aside));
        return through.ReadAll().Count;
    }

    /// <summary>Whether a stage gives the same of an item whatever the others are. A tool is called once.</summary>
    private static bool LooksAtOneItem(BoundStage stage) =>
        !stage.Operator.IsPaid && (stage.Operator.Is(OperatorTraits.Filters) || stage.Operator.Is(OperatorTraits.GivesOneForEach))
        && !BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants)
            .Any(expression => expression is BoundIndex or BoundWindow or BoundCall { Function.IsTool: true });
}
