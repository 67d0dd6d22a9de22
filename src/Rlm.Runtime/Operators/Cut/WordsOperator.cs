using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

internal sealed class WordsOperator() : SlicingOperator(Slices)
{
    public override string Name => "words";

    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        var words = new WordScanner(text, cancellationToken);
        while (words.MoveNext())
            yield return new TextSlice(text.Source, words.Start, words.End - words.Start);
    }
}
