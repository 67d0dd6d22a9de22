using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>The sentences of each paragraph, by <see cref="SentenceScanner"/>'s rule.</summary>
internal sealed class SentencesOperator : IOperator
{
    public string Name => "sentences";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        return text.Parts(Slices(text.Slice, evaluation.CancellationToken));
    }

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
