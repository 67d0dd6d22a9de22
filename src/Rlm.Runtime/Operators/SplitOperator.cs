using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>The texts between matches, empty ones too; the text's last line end belongs to none. A match may span lines.</summary>
internal sealed class SplitOperator : IOperator
{
    private const long MaxRegexBytes = 256L << 20;

    public string Name => "split";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        var slice = text.Slice.WithoutLineEnd();
        var pattern = stage.Pattern("pattern");
        string? literal = StageArguments.Literal(pattern, scope, evaluation);
        if (literal is { Length: 0 })
            throw new EvaluationException(pattern.Span, "`split` needs a text between the parts, and this is empty", "write `words` or `lines`, or name the separator");

        return text.Parts(literal is not null
            ? AtLiteral(slice, Encoding.UTF8.GetBytes(literal), evaluation.CancellationToken)
            : AtMatches(slice, PatternCache.RegexOf(pattern, null), PatternCache.TextProgramOf(pattern), evaluation.CancellationToken));
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
    private static IEnumerable<TextSlice> AtMatches(TextSlice text, Regex separator, CaptureProgram? program, CancellationToken cancellationToken)
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
            throw new TextException($"`{text.Source.Name}`: {text.Length:N0} bytes are too many to split at this regex; take `lines` or `chunk` first, or split at a text");

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
