using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>The paid stages of a program, as a run asks them.</summary>
internal sealed class PaidStages(RunContext run, SubModels models, SourceText source)
{
    /// <summary>A paid stage over this evaluation.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="wanted">The first few items that are wanted of it; null for all.</param>
    public PaidStage Of(BoundStage stage, EvaluationContext evaluation, FirstItems? wanted) =>
        new(stage, StageText.Of(source, stage.Span), run, models.ListAll(stage), evaluation) { Wanted = wanted, Children = models.Children };
}
