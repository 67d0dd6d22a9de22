using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

internal sealed class WordsOperator : TextOperator
{
    public override string Name => "words";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextStage.OfSlices(text => Slices(text, evaluation.Cancellation.Token));

    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        var words = new WordScanner(text, cancellationToken);
        while (words.MoveNext())
            yield return new TextSlice(text.Source, words.Start, words.End - words.Start);
    }
}
