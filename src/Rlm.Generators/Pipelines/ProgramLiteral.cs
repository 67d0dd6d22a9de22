using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Rlm.Generators.Support;
using RoslynPosition = Microsoft.CodeAnalysis.Text.LinePosition;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Pipelines;

/// <summary>Where in a C# file each character of a program stands. The token's text says it: a syntax tree would never compare equal.</summary>
/// <param name="Expression">The place of the whole expression.</param>
/// <param name="Token">The string's token as it is written; null where the expression is more than one string.</param>
/// <param name="Start">The place of the token.</param>
/// <param name="Length">How many characters the program has.</param>
internal sealed record ProgramLiteral(SourcePlace Expression, string? Token, SourcePlace Start, int Length) : ProgramPlace
{
    public static ProgramLiteral Of(ExpressionSyntax expression, string program)
    {
        var inner = expression;
        while (inner is ParenthesizedExpressionSyntax parenthesized)
            inner = parenthesized.Expression;
        return new ProgramLiteral(PlaceOf(expression), (inner as LiteralExpressionSyntax)?.Token.Text, PlaceOf(inner), program.Length);
    }

    /// <summary>The place of a stretch of the program; the whole expression where it is not one string.</summary>
    public override SourcePlace PlaceOf(SourceSpan span)
    {
        var offsets = Token is null ? null : OffsetsOf(Token);
        if (offsets?.Count != Length + 1)
            return Expression;

        int start = offsets[span.Start], end = offsets[Math.Max(span.Start, span.End)];
        var lines = RoslynText.From(Token!).Lines;
        return Start with
        {
            Span = TextSpan.FromBounds(Start.Span.Start + start, Start.Span.Start + end),
            Lines = new LinePositionSpan(Shift(lines.GetLinePosition(start)), Shift(lines.GetLinePosition(end))),
        };
    }

    private static SourcePlace PlaceOf(ExpressionSyntax expression) => SourcePlace.Of(expression.SyntaxTree, expression.Span);

    private RoslynPosition Shift(RoslynPosition position) => new(
        Start.Lines.Start.Line + position.Line, (position.Line == 0 ? Start.Lines.Start.Character : 0) + position.Character);

    /// <summary>The offset of each character and of the end, or null for a token that is not a string.</summary>
    private static List<int>? OffsetsOf(string token) =>
        token.StartsWith("@\"", StringComparison.Ordinal) ? Verbatim(token)
        : QuotesOf(token) < 3 || token.Length < 6 ? token[0] == '"' ? Regular(token) : null
        : token.IndexOf('\n') < 0 ? SingleLineRaw(token)
        : MultiLineRaw(token);

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
