using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>The paid stages of a program, as a run asks them.</summary>
internal sealed class PaidStages(RunContext run, SubModels models, SourceText source)
{
    private const int MaxStageChars = 60;

    /// <summary>A paid stage over this evaluation.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="next">The stage behind it; null for none.</param>
    /// <param name="evaluation">The evaluation.</param>
    public PaidStage Of(BoundStage stage, BoundStage? next, EvaluationContext evaluation) =>
        new(stage, TextOf(stage), run, models.Find(stage), evaluation)
        {
            Wanted = next is null ? null : CountWanted(next, evaluation),
        };

    /// <summary>How many items a stage takes from the start of its list; null for all.</summary>
    private static int? CountWanted(BoundStage stage, EvaluationContext evaluation) =>
        stage.Operator.Is(OperatorTraits.TakesFirst) ? StageArguments.FindCount(stage, Slots.Count, null, evaluation) ?? 1 : null;

    private string TextOf(BoundStage stage)
    {
        string text = source.TextAt(stage.Span).ReplaceLineEndings(" ");
        return text.Length > MaxStageChars ? $"{text[..MaxStageChars]}…" : text;
    }
}
