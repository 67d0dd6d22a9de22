using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>Tells what each stretch of a program is, by the tokens and the tree that the grammar reads.</summary>
internal sealed class ProgramHighlighter
{
    private readonly string _text;

    /// <summary>The kind of each character; null for one that nothing is told of.</summary>
    private readonly RlmTokenKind?[] _kinds;

    private ProgramHighlighter(string text) => (_text, _kinds) = (text, new RlmTokenKind?[text.Length]);

    /// <summary>The stretches in order; none of a statement that cannot be read, nor of a text that is longer than a program may be.</summary>
    public static IReadOnlyList<RlmToken> Read(string text)
    {
        if (text.Length > ParseLimits.MaxLengthChars)
            return [];

        var highlighter = new ProgramHighlighter(text);
        highlighter.PaintStatements();
        return highlighter.ListTokens();
    }

    private void PaintStatements()
    {
        var state = new ParseState(_text);
        int position = Layout.SkipToStatement(_text, 0);
        PaintComments(0, position);
        while (position < _text.Length)
        {
            state.StartStatement();
            var reading = StatementReader.Read(_text, position, state);
            int next = reading.Behind is null ? Layout.SkipToNextStatement(_text, position, state.CommonIndentation)
                : Layout.SkipToStatement(_text, reading.End);
            if (reading.Behind is { } behind)
            {
                PaintTokens(position, behind.Tokens);
                PaintComments(behind.TokenEnd, next);
                foreach (var (span, kind) in SyntaxTree.Descendants(reading.Statement!).SelectMany(static found => ListSpans(found.Node))
                    .OrderBy(static one => one.Span.Start).ThenByDescending(static one => one.Span.Length))
                    Paint(span, kind);
            }

            // What cannot be read ends the program at the latest.
            position = Math.Max(next, position + 1);
        }
    }

    /// <summary>Paints the words of the grammar, and the comments between tokens.</summary>
    private void PaintTokens(int start, IReadOnlyList<TokenSyntax> tokens)
    {
        int end = start;
        foreach (var token in tokens)
        {
            PaintComments(end, token.Span.Start);
            end = Math.Max(end, token.Span.End);
            if (token is { Role: TokenRole.Plain or TokenRole.Binary, Span.Length: > 0 } && char.IsLetter(_text[token.Span.Start]))
                Paint(token.Span, RlmTokenKind.Keyword);
        }
    }

    /// <summary>Paints what stands between two tokens: all but blanks is a comment to the end of its line.</summary>
    private void PaintComments(int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (char.IsWhiteSpace(_text[at]) || _text[at] is ';' or '\u200B' or '\uFEFF')
                continue;

            int lineEnd = Math.Min(end, Layout.LineEnd(_text, at));
            Paint(SourceSpan.Between(at, lineEnd), RlmTokenKind.Comment);
            at = lineEnd - 1;
        }
    }

    /// <summary>What is told of a node; null takes back what is told of a stretch around it.</summary>
    private static IEnumerable<(SourceSpan Span, RlmTokenKind? Kind)> ListSpans(SyntaxNode node)
    {
        switch (node)
        {
            case TemplateSyntax template:
                yield return (template.Span, RlmTokenKind.Text);
                foreach (var part in template.Parts.Where(static part => part.Hole is not null))
                    yield return (part.Span, null);
                break;
            case RegexSyntax regex:
                yield return (regex.Span, RlmTokenKind.Pattern);
                break;
            case LiteralSyntax literal:
                yield return (literal.Span, literal.Value is string ? RlmTokenKind.Text : RlmTokenKind.Literal);
                break;
            case StageSyntax { IsBroken: false, Head.Span.Length: > 0 } stage:
                yield return (stage.Head.Span, stage.Operator is { } known && known.Head == stage.Head.Name ? RlmTokenKind.Operator : RlmTokenKind.Function);
                break;
            case CallSyntax call:
                yield return (call.Function.Span, RlmTokenKind.Function);
                break;
        }
    }

    private void Paint(SourceSpan span, RlmTokenKind? kind)
    {
        for (int at = Math.Max(0, span.Start); at < Math.Min(_kinds.Length, span.End); at++)
            _kinds[at] = kind;
    }

    private List<RlmToken> ListTokens()
    {
        var tokens = new List<RlmToken>();
        for (int start = 0, end; start < _kinds.Length; start = end)
        {
            for (end = start + 1; end < _kinds.Length && _kinds[end] == _kinds[start];)
                end++;
            if (_kinds[start] is { } kind)
                tokens.Add(new RlmToken(SourceSpan.Between(start, end), kind));
        }

        return tokens;
    }
}
