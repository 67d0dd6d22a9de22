using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Execution;

/// <summary>What the texts of a value were searched for, so that a long one is shown around its match.</summary>
internal static class ShownMatches
{
    /// <summary>Finds a match of the last search that the pipeline's texts come from; null where there is none.</summary>
    public static MatchPlace? Of(BoundPipeline pipeline, EvaluationContext evaluation)
    {
        for (var at = pipeline; at is not null; at = (at.Source as BoundVariable)?.Symbol.Definition)
        {
            for (int i = at.Stages.Count - 1; i >= 0; i--)
            {
                var stage = at.Stages[i];
                if (stage.Find(Slots.Pattern) is not null)
                    return PlaceOf(stage, evaluation);
                if (!stage.Operator.KeepsItems)
                    return null;
            }
        }

        return null;
    }

    // The pattern that the stage searched with: each is made once.
    private static MatchPlace PlaceOf(BoundStage stage, EvaluationContext evaluation)
    {
        var pattern = StageArguments.LinePattern(stage, stage.Has(Slots.IgnoreCase), null, evaluation);
        return text =>
        {
            var matcher = pattern.Rent();
            try
            {
                return matcher.Find(text, 0);
            }
            finally
            {
                pattern.Return(matcher);
            }
        };
    }
}
