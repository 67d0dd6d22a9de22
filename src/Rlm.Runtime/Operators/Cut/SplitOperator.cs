using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The texts between matches, empty ones too; the text's last line end belongs to none. A match may span lines.</summary>
internal sealed class SplitOperator : TextOperator
{
    private const long MaxRegexBytes = 256L << 20;

    public override string Name => "split";

    public override PlannedValue Bound(PlannedStage stage) => stage.Parts(bytes => bytes + 1);

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.Pattern);
        if (StageArguments.Literal(pattern, scope, evaluation) is not { } literal)
        {
            var regex = PatternCache.RegexOf(pattern, null);
            var program = PatternCache.TextProgramOf(pattern);
            return new TextStage.OfSlices(text => AtMatches(text.WithoutLineEnd(), regex, program, evaluation.Cancellation.Token));
        }

        byte[] separator = Encoding.UTF8.GetBytes(literal);
        return new TextStage.OfSlices(text => AtLiteral(text.WithoutLineEnd(), separator, evaluation.Cancellation.Token));
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

    /// <param name="text">The text.</param>
    /// <param name="separator">The regex.</param>
    /// <param name="program">The same, to run over windows of the text; null where only .NET's engine can do it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private static IEnumerable<TextSlice> AtMatches(
        TextSlice text, Regex separator, CaptureProgram? program, CancellationToken cancellationToken)
    {
        long start = text.Start;
        int found = 0;
        if (program is not null)
        {
            var windows = new MatchWindows(text, program, cancellationToken);
            foreach (var match in windows.Find())
            {
                yield return text with { Start = start, Length = match.Start - start };
                start = match.End;
                found++;
            }

            if (windows.IsFinished)
            {
                yield return text with { Start = start, Length = text.End - start };
                yield break;
            }
        }

        foreach (var match in MatchesOf(text, separator, cancellationToken).Skip(found))
        {
            yield return text with { Start = start, Length = match.Start - start };
            start = match.End;
        }

        yield return text with { Start = start, Length = text.End - start };
    }

    private static List<TextSlice> MatchesOf(TextSlice text, Regex separator, CancellationToken cancellationToken)
    {
        if (text.Length > MaxRegexBytes)
            throw new TextException(
                Invariant(
                    $"`{text.Source.Name}`: {text.Length:N0} bytes are too many to split at this regex; take `lines` or `chunk` first, or split at a text"));

        var matches = new List<TextSlice>();
        string characters = text.Decode();
        var map = new CharacterMap(text.Source.GetSpan(text.Start, (int)text.Length), characters.Length);
        foreach (var match in separator.EnumerateMatches(characters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (match.Length == 0)
                continue;

            int first = map.OffsetOf(match.Index);
            matches.Add(text with { Start = text.Start + first, Length = map.OffsetOf(match.Index + match.Length) - first });
        }

        return matches;
    }
}
