using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>An operator without arguments whose result is stretches of the text.</summary>
/// <param name="slices">Finds them.</param>
internal abstract class SlicingOperator(Func<TextSlice, CancellationToken, IEnumerable<TextSlice>> slices) : TextOperator
{
    public sealed override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public sealed override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextStage.OfSlices(text => slices(text, evaluation.Cancellation.Token));
}
