using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>A place where a parse failed, and what stands around it.</summary>
/// <param name="Source">The program.</param>
/// <param name="StatementStart">Where the statement begins.</param>
/// <param name="Position">Where the token that does not fit begins.</param>
internal sealed record FailurePlace(SourceText Source, int StatementStart, int Position)
{
    private StatementScan? _scan;

    public string Text => Source.Content;

    /// <summary>The brackets and the stage around the place.</summary>
    public StatementScan Scan => _scan ??= StatementScan.Of(Text, StatementStart, Math.Min(Position, Text.Length));

    /// <summary>The token that does not fit; empty at the end of the program.</summary>
    public SourceSpan Span
    {
        get
        {
            if (Position >= Text.Length)
                return new SourceSpan(Text.Length, 0);

            int end = Lexemes.Word(Text, Position);
            if (end < 0 && char.IsDigit(Text[Position]))
                end = Position + Text.Skip(Position).TakeWhile(Lexemes.IsWordPart).Count();
            return end < 0 ? new SourceSpan(Position, 1) : SourceSpan.Between(Position, end);
        }
    }

    /// <summary>The token's text; a line end at the end of the line.</summary>
    public string Word => Source.TextAt(Span);

    public bool IsAtEnd => Word.Length == 0 || Word[0] is '\n' or '\r';

    /// <summary>The head word of the stage that the place is in; null where it is the head itself.</summary>
    public (string Word, SourceSpan Span)? Head => Scan.Head(Text, Position);

    /// <summary>The first word of the statement.</summary>
    public string FirstWord
    {
        get
        {
            int end = Lexemes.Word(Text, StatementStart);
            return end < 0 ? "" : Text.Substring(StatementStart, end - StatementStart);
        }
    }

    /// <summary>The text from the token to the end of its line.</summary>
    public string Rest
    {
        get
        {
            int end = Position >= Text.Length ? -1 : Text.IndexOf('\n', Position);
            return (end < 0 ? Text.Substring(Math.Min(Position, Text.Length)) : Text.Substring(Position, end - Position)).TrimEnd();
        }
    }

    /// <summary>Whether the statement is short enough to be written again in a help, and to be searched by patterns.</summary>
    public bool IsShort => Position - StatementStart + Rest.Length < 4_000;

    /// <summary>The stage's text from behind its head up to the token.</summary>
    public string Before => Head is { } head ? Source.TextAt(SourceSpan.Between(head.Span.End, Position)).Trim() : "";

    /// <summary>The word or sign right before the token.</summary>
    public string Preceding
    {
        get
        {
            int end = Math.Min(Position, Text.Length);
            while (end > StatementStart && char.IsWhiteSpace(Text[end - 1]))
                end--;
            int start = end;
            while (start > StatementStart && Lexemes.IsWordPart(Text[start - 1]))
                start--;
            return start == end && end > StatementStart ? Text[end - 1].ToString() : Text.Substring(start, end - start);
        }
    }
}
