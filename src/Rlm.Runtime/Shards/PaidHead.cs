using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Rows;

namespace Rlm.Runtime.Shards;

/// <summary>
/// The stages at the beginning of a pipeline up to its last paid one that ask the same of a row whatever rows there are beside it, so that a shard
/// pays for its own rows.
/// </summary>
internal static class PaidHead
{
    /// <summary>The function that reads the clock of where it runs.</summary>
    private static readonly HashSet<string> ClockFunctions = new(StringComparer.Ordinal) { "now", "today" };

    /// <summary>How many stages these are; 0 where a shard cannot know what is asked.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stages">Its stages in the order of the run.</param>
    public static int CountStages(BoundPipeline pipeline, IReadOnlyList<BoundStage> stages)
    {
        if (pipeline.Source is not BoundVariable { Symbol.Definition: null } || stages.Count == 0 || !CutsLines(stages[0]))
            return 0;

        int count = 0;
        for (int i = 1; i < stages.Count && IsOfRow(stages[i]); i++)
        {
            if (!stages[i].Operator.IsPaid)
                continue;

            // How many are wanted in all is not known by a shard.
            if (FirstItems.FindTaker(stages, i) is not null)
                break;
            count = i + 1;
        }

        return count;
    }

    /// <summary>The lets that the stages read, which are written out in the program.</summary>
    public static IEnumerable<VariableSymbol> FindLets(BoundPipeline head) =>
        BoundTree.Variables(head).Where(static symbol => symbol.Definition is not null);

    private static bool CutsLines(BoundStage stage) => EvaluatorOf(stage) switch
    {
        LinesOperator => true,
        GrepOperator or ExtractOperator => LineFilter.IsOfEachLine(stage),
        _ => false,
    };

    private static bool IsOfRow(BoundStage stage) =>
        (stage.Operator.IsPaid ? IsAsked(stage) : EvaluatorOf(stage) is WhereOperator or ExtendOperator or MapOperator or SelectOperator or GetOperator
            or GrepOperator or ExtractOperator && !LooksAround(stage))
        && stage.LabelVariables.All(IsWritten)
        && BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).All(static expression => expression switch
        {
            BoundProvenance or BoundIndex or BoundWindow or BoundNested or BoundAggregate => false,
            BoundCall call => !call.Function.IsTool && !ClockFunctions.Contains(call.Function.Name),
            BoundVariable variable => IsWritten(variable.Symbol),
            _ => true,
        });

    private static bool LooksAround(BoundStage stage) => stage.Has(Slots.Around) || stage.Has(Slots.Before) || stage.Has(Slots.After);

    /// <summary>Whether a paid stage asks a model about each row alone.</summary>
    private static bool IsAsked(BoundStage stage) =>
        stage.Operator.Is(OperatorTraits.GivesOneForEach | OperatorTraits.AddsFields | OperatorTraits.Filters) && !stage.Operator.Is(OperatorTraits.AsksTogether)
        && !stage.AsksRoots && !stage.Has(Slots.Neighbours) && !stage.Has(Slots.Calibrate) && !stage.Has(Slots.Citations);

    /// <summary>Whether a let holds what is written out in the program.</summary>
    private static bool IsWritten(VariableSymbol symbol) => symbol.Definition is { Stages.Count: 0, Source: var source }
        && BoundTree.Descendants(source).All(static expression => expression is BoundLiteral or BoundList or BoundPattern);

    private static IOperator? EvaluatorOf(BoundStage stage) => OperatorTable.ByName.GetValueOrDefault(stage.Operator.Name);
}
