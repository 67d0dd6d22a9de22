using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>Where in a C# file each character of a string literal's value stands.</summary>
internal sealed class ProgramLiteral
{
    private readonly ExpressionSyntax _expression;
    private readonly List<int>? _offsets;

    public ProgramLiteral(ExpressionSyntax expression, string value)
    {
        _expression = expression;
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        var offsets = expression is LiteralExpressionSyntax literal ? OffsetsOf(literal.Token) : null;
        _offsets = offsets?.Count == value.Length + 1 ? offsets : null;
    }

    /// <summary>The place of a stretch of the value; the whole expression where it is not a literal.</summary>
    public SourcePlace PlaceOf(SourceSpan span) => SourcePlace.Of(_expression.SyntaxTree,
        _offsets is null ? _expression.Span : TextSpan.FromBounds(_offsets[span.Start], _offsets[Math.Max(span.Start, span.End)]));

    /// <summary>The place of each character and of the end, or null for a token that is not a string.</summary>
    private static List<int>? OffsetsOf(SyntaxToken token)
    {
        var offsets = token.Kind() switch
        {
            SyntaxKind.StringLiteralToken when token.Text[0] == '@' => Verbatim(token.Text),
            SyntaxKind.StringLiteralToken => Regular(token.Text),
            SyntaxKind.SingleLineRawStringLiteralToken => SingleLineRaw(token.Text),
            SyntaxKind.MultiLineRawStringLiteralToken => MultiLineRaw(token.Text),
            _ => null,
        };
        return offsets?.ConvertAll(offset => token.SpanStart + offset);
    }

    private static List<int> Regular(string text)
    {
        var offsets = new List<int>();
        int i = 1;
        while (i < text.Length - 1)
        {
            offsets.Add(i);
            if (text[i] != '\\')
            {
                i++;
                continue;
            }

            int start = i;
            char kind = text[i + 1];
            i += 2;
            int most = kind switch { 'x' => 4, 'u' => 4, 'U' => 8, _ => 0 };
            while (most-- > 0 && i < text.Length - 1 && Uri.IsHexDigit(text[i]))
                i++;

            // A code point beyond the first plane is two characters of the value.
            if (kind == 'U' && Convert.ToInt32(text.Substring(start + 2, i - start - 2), 16) > char.MaxValue)
                offsets.Add(start);
        }

        offsets.Add(text.Length - 1);
        return offsets;
    }

    private static List<int> Verbatim(string text)
    {
        var offsets = new List<int>();
        for (int i = 2; i < text.Length - 1; i++)
        {
            offsets.Add(i);
            if (text[i] == '"')
                i++;
        }

        offsets.Add(text.Length - 1);
        return offsets;
    }

    private static List<int> SingleLineRaw(string text)
    {
        int quotes = QuotesOf(text);
        return [.. Enumerable.Range(quotes, text.Length - (2 * quotes) + 1)];
    }

    private static List<int> MultiLineRaw(string text)
    {
        int quotes = QuotesOf(text);
        int lastLine = text.LastIndexOf('\n') + 1;
        int indent = text.Length - quotes - lastLine;
        int end = lastLine - (lastLine >= 2 && text[lastLine - 2] == '\r' ? 2 : 1);
        var offsets = new List<int>();
        int i = text.IndexOf('\n') + 1;
        while (i < end)
        {
            // A blank line may be shorter than the indentation.
            for (int skipped = 0; skipped < indent && i < end && text[i] is ' ' or '\t'; skipped++)
                i++;
            while (i < end && text[i] != '\n')
                offsets.Add(i++);
            if (i < end)
                offsets.Add(i++);
        }

        offsets.Add(end);
        return offsets;
    }

    private static int QuotesOf(string text) => text.TakeWhile(c => c == '"').Count();
}
