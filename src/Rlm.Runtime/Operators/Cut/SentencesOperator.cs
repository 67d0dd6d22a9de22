using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The sentences of each paragraph, by <see cref="SentenceScanner"/>'s rule.</summary>
internal sealed class SentencesOperator() : SlicingOperator(Slices)
{
    public override string Name => "sentences";

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
