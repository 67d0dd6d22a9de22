using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class ParagraphsOperator : IOperator
{
    public string Name => "paragraphs";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        return text.Parts(Slices(text.Slice, evaluation.CancellationToken));
    }

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
