using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Find;

internal sealed class GrepOperator : TextOperator
{
    private const int MaxContext = 1_000_000;

    public override string Name => "grep";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string? literal = StageArguments.Literal(stage.Get(Slots.Pattern), scope, evaluation);
        var pattern = StageArguments.LinePattern(stage, literal, stage.Has(Slots.IgnoreCase));
        bool isInverted = stage.Has(Slots.Not);
        int around = Lines(stage, Slots.Around, scope, evaluation);
        int before = Math.Max(around, Lines(stage, Slots.Before, scope, evaluation));
        int after = Math.Max(around, Lines(stage, Slots.After, scope, evaluation));
        var note = NoteOf(stage, literal, isInverted ? pattern : null, scope, evaluation);
        return before > 0 || after > 0
            ? new TextStage.OfSlices(
                text => LineSearch.WithContext(text, pattern, isInverted, before, after, evaluation.Cancellation.Token), isInverted ? null : note)
            : new Stage(pattern, isInverted, note, evaluation.Cancellation);
    }

    private static PatternNote? NoteOf(BoundStage stage, string? literal, LinePattern? inverted, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.Pattern);
        bool isFolded = stage.Has(Slots.IgnoreCase) || pattern.Flags.Contains('i', StringComparison.Ordinal);
        // Within an item the texts of one stage are many, which are not all read again for one of them.
        return scope is not null ? null : evaluation.GetRunning(stage, () => new PatternNote(
            inverted is null ? "grep" : "grep not",
            inverted is null && literal is not null && PatternTexts.LooksLikeRegex(literal) ? literal : null,
            isFolded ? null : () => StageArguments.LinePattern(stage, literal, ignoreCase: true),
            inverted,
            evaluation.Cancellation));
    }

    private static int Lines(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) =>
        (int)Math.Min(StageArguments.FindWhole(stage, slot, scope, evaluation) ?? 0, MaxContext);

    private sealed class Stage(LinePattern pattern, bool isInverted, PatternNote? note, StatementCancellation cancellation) : TextStage
    {
        protected override bool HasTexts => true;

        public override RowReader Open(TextInput text)
        {
            note?.Open(this, text);
            return new TextRows.Matching(text, pattern, isInverted, cancellation.Token, note is null ? null : () => note.Add(hasFound: true));
        }

        public override long Count(TextInput text)
        {
            note?.Open(this, text);
            long matching = note?.Count(text, pattern) ?? LineSearch.Count(text.Slice, pattern, isInverted: false, cancellation.Token);
            if (matching > 0)
                note?.Add(hasFound: true);
            long count = isInverted ? LineCounter.Count(text.Slice, cancellation.Token) - matching : matching;
            return count == 0 ? 0 : count + text.Slice.CountAlike();
        }
    }
}
