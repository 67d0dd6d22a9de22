using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class LinesOperator : IOperator
{
    public string Name => "lines";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        return ListValue.OfRows(
            new RowSource(() => new TextRows.Lines(text, evaluation.CancellationToken)) { HasTexts = true },
            () => LineCounter.Count(text.Slice, evaluation.CancellationToken));
    }

    /// <summary>The lines, without their line ends.</summary>
    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(text, cancellationToken);
        while (lines.MoveNext())
            yield return new TextSlice(text.Source, lines.Start, lines.Length);
    }
}
