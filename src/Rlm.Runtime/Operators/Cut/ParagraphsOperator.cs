using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

internal sealed class ParagraphsOperator : TextOperator
{
    public override string Name => "paragraphs";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextStage.OfSlices(text => Slices(text, evaluation.Cancellation.Token));

    /// <summary>The stretches between blank lines, without their last line end.</summary>
    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(text, cancellationToken);
        long start = -1, end = -1;
        while (lines.MoveNext())
        {
            if (!lines.IsBlank)
            {
                if (start < 0)
                    start = lines.Start;
                end = lines.End;
            }
            else if (start >= 0)
            {
                yield return new TextSlice(text.Source, start, end - start);
                start = -1;
            }
        }

        if (start >= 0)
            yield return new TextSlice(text.Source, start, end - start);
    }
}
