using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

internal sealed class LinesOperator : TextOperator
{
    public override string Name => "lines";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        // Lines within an item are not a reading of their own.
        new Stage(scope is null ? evaluation.GetRunning(stage, static () => new LinesNote()) : null, evaluation.Cancellation);

    /// <summary>The lines, without their line ends.</summary>
    internal static IEnumerable<TextSlice> Slices(TextSlice text, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(text, cancellationToken);
        while (lines.MoveNext())
            yield return new TextSlice(text.Source, lines.Start, lines.Length);
    }

    private sealed class Stage(LinesNote? note, StatementCancellation cancellation) : TextStage
    {
        protected override bool HasTexts => true;

        public override RowReader Open(TextInput text) => new TextRows.Lines(text, note is null ? null : count => note.Add(text.Source, count), cancellation.Token);

        public override long Count(TextInput text)
        {
            long count = LineCounter.Count(text.Slice, cancellation.Token);
            note?.Add(text.Source, count + text.Slice.CountLeftOut(text.Slice.End, isAtEnd: true).Lines);
            return count + text.Slice.CountAlike();
        }
    }
}
