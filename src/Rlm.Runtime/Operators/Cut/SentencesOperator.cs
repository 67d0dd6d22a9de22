using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The sentences of each paragraph, by <see cref="SentenceScanner"/>'s rule.</summary>
internal sealed class SentencesOperator : TextOperator
{
    public override string Name => "sentences";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextStage.OfSlices(text => Slices(text, evaluation.Cancellation.Token));

    private static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        foreach (var paragraph in ParagraphsOperator.Slices(text, cancellationToken))
        {
            var sentences = new SentenceScanner(paragraph, cancellationToken);
            while (sentences.MoveNext())
                yield return new TextSlice(text.Source, sentences.Start, sentences.End - sentences.Start);
        }
    }
}
