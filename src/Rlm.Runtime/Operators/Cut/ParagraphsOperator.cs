using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

internal sealed class ParagraphsOperator() : SlicingOperator(Slices)
{
    public override string Name => "paragraphs";

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
