using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class WordsOperator : IOperator
{
    public string Name => "words";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        return text.Parts(Slices(text.Slice, evaluation.CancellationToken));
    }

    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        var words = new WordScanner(text, cancellationToken);
        while (words.MoveNext())
            yield return new TextSlice(text.Source, words.Start, words.End - words.Start);
    }
}
