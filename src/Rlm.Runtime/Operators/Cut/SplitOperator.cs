using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
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
        if (StageArguments.Literal(pattern, scope, evaluation) is not { } literal)
        {
            var separators = PatternMaker.Make(pattern, PatternCache.TextMatchesOf);
            return new TextStage.OfSlices(text => AtMatches(text.WithoutLineEnd(), separators, evaluation.Cancellation.Token));
        }

        byte[] separator = Encoding.UTF8.GetBytes(literal);
        byte[] inWindows = Encoding.UTF8.GetBytes(literal.ReplaceLineEndings("\r\n"));
        return new TextStage.OfSlices(text =>
            AtLiteral(text.WithoutLineEnd(), text.Source.IndexOf(inWindows, text.Start, text.End) < 0 ? separator : inWindows, evaluation.Cancellation.Token));
    }

    private static IEnumerable<TextSlice> AtLiteral(TextSlice text, byte[] separator, CancellationToken cancellationToken)
    {
        long start = text.Start;
        for (long at; (at = text.Source.IndexOf(separator, start, text.End)) >= 0; start = at + separator.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new TextSlice(text.Source, start, EndBefore(text, start, at) - start);
        }

        yield return new TextSlice(text.Source, start, text.End - start);
    }

    /// <summary>The end of a piece, without the CR of a line end whose LF separates.</summary>
    private static long EndBefore(TextSlice text, long start, long separator) =>
        separator > start && separator < text.End && text.Source.GetSpan(separator, 1)[0] == '\n' && text.Source.GetSpan(separator - 1, 1)[0] == '\r'
            ? separator - 1 : separator;

    private static IEnumerable<TextSlice> AtMatches(TextSlice text, TextMatches separators, CancellationToken cancellationToken)
    {
        long start = text.Start;
        foreach (var (separator, _) in separators.Find(text, cancellationToken))
        {
            yield return text with { Start = start, Length = EndBefore(text, start, separator.Start) - start };
            start = separator.End;
        }

        yield return text with { Start = start, Length = text.End - start };
    }
}
