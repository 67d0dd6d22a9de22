using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
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
            : AtMatches(slice, PatternCache.RegexOf(pattern, null), evaluation.CancellationToken));
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

    private static IEnumerable<TextSlice> AtMatches(TextSlice text, Regex separator, CancellationToken cancellationToken)
    {
        if (text.Length > MaxRegexBytes)
            throw new TextException($"`{text.Source.Name}`: {text.Length:N0} bytes are too many to split at a regex; take `lines` or `chunk` first, or split at a text");

        foreach (var part in PartsOf(text, separator, cancellationToken))
            yield return part;
    }

    private static List<TextSlice> PartsOf(TextSlice text, Regex separator, CancellationToken cancellationToken)
    {
        var parts = new List<TextSlice>();
        string characters = text.Decode();
        var map = new CharacterMap(text.Source.GetSpan(text.Start, (int)text.Length), characters.Length);
        long start = text.Start;
        foreach (var match in separator.EnumerateMatches(characters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (match.Length == 0)
                continue;

            long at = text.Start + map.OffsetOf(match.Index);
            parts.Add(new TextSlice(text.Source, start, at - start));
            start = text.Start + map.OffsetOf(match.Index + match.Length);
        }

        parts.Add(new TextSlice(text.Source, start, text.End - start));
        return parts;
    }
}
