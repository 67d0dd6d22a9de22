using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>A place where a parse failed, and what stands around it.</summary>
/// <param name="Source">The program.</param>
/// <param name="StatementStart">Where the statement begins.</param>
/// <param name="Position">Where the token that does not fit begins.</param>
/// <param name="Expected">What would have fitted, in the order tried.</param>
internal sealed record FailurePlace(SourceText Source, int StatementStart, int Position, IReadOnlyList<string> Expected)
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

            int end = Names.Word(Text, Position);
            if (end < 0 && char.IsDigit(Text[Position]))
                end = Position + Text.Skip(Position).TakeWhile(Names.IsWordPart).Count();
            return end < 0 ? CharacterAt(Position) : SourceSpan.Between(Position, end);
        }
    }

    private SourceSpan CharacterAt(int place)
    {
        int start = place > 0 && char.IsSurrogatePair(Text[place - 1], Text[place]) ? place - 1 : place;
        return new SourceSpan(start, start + 1 < Text.Length && char.IsSurrogatePair(Text[start], Text[start + 1]) ? 2 : 1);
    }

    /// <summary>The token's text; a line end at the end of the line.</summary>
    public string Word => field ??= Source.TextAt(Span);

    public bool IsAtEnd => Word.Length == 0 || Word[0] is '\n' or '\r';

    public bool IsWord => Word.Length > 0 && Names.IsWordStart(Word[0]);

    /// <summary>The head word of the stage that the place is in; null where it is the head itself.</summary>
    public (string Word, SourceSpan Span)? Head => Scan.Head(Text, Position);

    /// <summary>The head word, empty where there is none.</summary>
    public string HeadWord => field ??= Head?.Word ?? "";

    /// <summary>The first word of the statement.</summary>
    public string FirstWord
    {
        get
        {
            int end = Names.Word(Text, StatementStart);
            return end < 0 ? "" : Text.Substring(StatementStart, end - StatementStart);
        }
    }

    /// <summary>Whether the first word is a variable's name, as in <c>for | lines</c>.</summary>
    public bool IsFirstWordPiped => Text.Substring(StatementStart + FirstWord.Length).TrimStart() is ['|', ..];

    /// <summary>The statement's first line.</summary>
    public string StatementLine => LineFrom(StatementStart).TrimEnd('\r');

    /// <summary>Where the line begins that the token is in.</summary>
    public int LineStart => Position == 0 ? 0 : Text.LastIndexOf('\n', Math.Min(Position, Text.Length) - 1) + 1;

    /// <summary>The statement up to the token, with the blanks before that.</summary>
    public string StatementBefore => field ??= Text.Substring(StatementStart, Math.Min(Position, Text.Length) - StatementStart);

    /// <summary>The text from the token to the end of its line.</summary>
    public string Rest => field ??= LineFrom(Position).TrimEnd();

    /// <summary>The text from behind the token to the end of its line.</summary>
    public string Behind => Rest.Substring(Math.Min(Word.Length, Rest.Length));

    /// <summary>What of the stage follows the token.</summary>
    public string Argument => Excerpt.UpToPipe(Behind);

    /// <summary>What of the stage is left, the token included.</summary>
    public string RestOfStage => Excerpt.UpToPipe(Rest);

    /// <summary>Whether the statement is short enough to be written again in a help, and to be searched by patterns.</summary>
    public bool IsShort => Position - StatementStart + Rest.Length < 4_000;

    /// <summary>Whether the place is in a statement of one short line, outside any bracket.</summary>
    public bool IsPlainLine => LineFrom(StatementStart).TrimEnd(';', ' ').Length <= 200 && Scan.Open == '\0' && !StatementBefore.Trim().Contains('\n');

    /// <summary>The stage's text from behind its head up to the token.</summary>
    public string Before => field ??= Head is { } head ? Source.TextAt(SourceSpan.Between(head.Span.End, Position)).Trim() : "";

    /// <summary>Whether the <c>?</c> stands behind a type.</summary>
    public bool IsTypeMark => Word == "?" && Preceding is "text" or "number" or "bool" or "date" or "quote";

    /// <summary>The word or sign right before the token.</summary>
    public string Preceding => field ??= ReadPreceding();

    /// <summary>Where the call's <c>llm</c> stands that the place is behind; -1 where there is none.</summary>
    public int PromptStart
    {
        get
        {
            int start = Text.LastIndexOf("llm", Math.Min(Position, Text.Length - 1), StringComparison.Ordinal);
            return start < StatementStart || Position <= start + 3 ? -1 : start;
        }
    }

    public bool Expects(string token) => Expected.Contains($"`{token}`");

    /// <summary>The text from a place to the end of its line.</summary>
    public string LineFrom(int start)
    {
        start = Math.Min(start, Text.Length);
        int end = Text.IndexOf('\n', start);
        return end < 0 ? Text.Substring(start) : Text.Substring(start, end - start);
    }

    /// <summary>Tells it of the token.</summary>
    public Diagnostic Tell(string message, string? help) => new(DslDiagnostics.Unexpected, Span, message, help);

    /// <summary>Tells it of the stage, from its head up to the token.</summary>
    public Diagnostic TellHead(string message, string help) =>
        new(DslDiagnostics.Unexpected, SourceSpan.Between(Head?.Span.Start ?? Span.Start, Math.Max(Span.End, Position + RestOfStage.Length)), message, help);

    /// <summary>Tells it of the stage, which is to be another one.</summary>
    public Diagnostic MendStage(string message, string stage)
    {
        var told = TellHead(message, $"write `{stage}`");
        return told with { Fix = new DiagnosticFix(told.Span, stage) };
    }

    /// <summary>Tells it of the statement's beginning.</summary>
    public Diagnostic TellOpening(int length, string message, string help) => new(DslDiagnostics.Unexpected, new SourceSpan(StatementStart, length), message, help);

    private string ReadPreceding()
    {
        int end = Math.Min(Position, Text.Length);
        while (end > StatementStart && char.IsWhiteSpace(Text[end - 1]))
            end--;
        int start = end;
        while (start > StatementStart && Names.IsWordPart(Text[start - 1]))
            start--;
        return start == end && end > StatementStart ? Text[end - 1].ToString() : Text.Substring(start, end - start);
    }
}
