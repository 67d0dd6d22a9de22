using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The texts between matches, empty ones too; the text's last line end belongs to none. A match may span lines.</summary>
internal sealed class SplitOperator : TextOperator
{
    public override string Name => "split";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes + 1);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.Pattern);
        string? literal = StageArguments.Literal(pattern, scope, evaluation);
        var note = NoteOf(stage, literal, scope, evaluation);
        if (literal is null || literal.Contains('\n'))
        {
            var separators = PatternMaker.Make(pattern, made => PatternCache.TextMatchesOf(made, literal));
            return new TextStage.OfSlices(text => AtMatches(text.WithoutLineEnd(), separators, evaluation.Cancellation.Token), note, unmatched: 1);
        }

        byte[] separator = Encoding.UTF8.GetBytes(literal);
        return new TextStage.OfSlices(text => AtLiteral(text.WithoutLineEnd(), separator, evaluation.Cancellation.Token), note, unmatched: 1);
    }

    /// <summary>Tells separators that are written in another case; null for those that may hold line ends, and within an item.</summary>
    private static PatternNote? NoteOf(BoundStage stage, string? literal, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.Pattern);
        bool isOfLines = literal is null ? !LineSpans.IsSpanning(pattern.Regex!, "") : !literal.Contains('\n');
        return scope is not null || !isOfLines || pattern.Flags.Contains('i', StringComparison.Ordinal) ? null
            : evaluation.GetRunning(stage, () => new PatternNote(
                "split",
                null,
                () => StageArguments.LinePattern(stage, literal, ignoreCase: true),
                StageArguments.LinePattern(stage, literal, ignoreCase: false),
                evaluation.Cancellation)
            { HasIgnoreCase = false });
    }

    private static IEnumerable<TextSlice> AtLiteral(TextSlice text, byte[] separator, CancellationToken cancellationToken)
    {
        long start = text.Start;
        for (long at; (at = text.Source.IndexOf(separator, start, text.End)) >= 0; start = at + separator.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new TextSlice(text.Source, start, at - start);
        }

        yield return new TextSlice(text.Source, start, text.End - start);
    }

    private static IEnumerable<TextSlice> AtMatches(TextSlice text, TextMatches separators, CancellationToken cancellationToken)
    {
        long start = text.Start;
        foreach (var (separator, _) in separators.Find(text, cancellationToken))
        {
            yield return text with { Start = start, Length = separator.Start - start };
            start = separator.End;
        }

        yield return text with { Start = start, Length = text.End - start };
    }
}
