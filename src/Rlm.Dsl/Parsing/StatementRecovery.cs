using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// Reads on in a statement that failed: the stage with the failure is passed over, so that what is wrong behind it is told as well and the
/// statement still names its value.
/// </summary>
internal static class StatementRecovery
{
    private const int MaxLengthChars = 4_000;

    /// <summary>
    /// The stretch of the stage, or of the value before the first pipe, that a place is in; null where nothing can be passed over.
    /// </summary>
    public static SourceSpan? FindStage(string text, int statementStart, int position, int statementEnd)
    {
        if (statementEnd - statementStart > MaxLengthChars)
            return null;

        var scan = StatementScan.Of(text, statementStart, Math.Min(position, statementEnd));
        while (scan.Open != '\0')
            scan = StatementScan.Of(text, statementStart, scan.OpenAt);

        int start = SkipBlanks(text, scan.FollowsPipe ? scan.StageStart : SkipLeader(text, statementStart), statementEnd);
        int end = Math.Max(start, Math.Min(position, statementEnd));
        while (end < statementEnd && !(text[end] is '|' or ';' && StatementScan.Of(text, statementStart, end).Open == '\0'))
            end++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end > start ? SourceSpan.Between(start, end) : null;
    }

    /// <summary>The statement with nothing but the name that it was to define; null where it defines none.</summary>
    public static StatementSyntax? NameValue(string text, int statementStart, int statementEnd)
    {
        int word = Lexemes.Keyword(text, statementStart, "let"), start = word < 0 ? -1 : SkipBlanks(text, word, statementEnd);
        int end = start < 0 ? -1 : Names.Word(text, start);
        if (end < 0)
            return null;

        var span = SourceSpan.Between(statementStart, statementEnd);
        var name = new IdentifierSyntax(SourceSpan.Between(start, end), text.Substring(start, end - start).TrimStart('$'));
        return new LetSyntax(span, name, new PipelineSyntax(span, new BrokenSyntax(span), []));
    }

    /// <summary>The place of the value: behind <c>let NAME =</c>, <c>answer</c> and the like.</summary>
    private static int SkipLeader(string text, int start)
    {
        foreach (string word in new[] { "answer", "assert" })
        {
            if (Lexemes.Keyword(text, start, word) is var end and >= 0)
                return end;
        }

        int let = Lexemes.Keyword(text, start, "let");
        int name = let < 0 ? -1 : Names.Word(text, SkipBlanks(text, let, text.Length));
        int sign = name < 0 ? -1 : SkipBlanks(text, name, text.Length);
        return sign >= 0 && sign < text.Length && text[sign] == '=' ? sign + 1 : start;
    }

    private static int SkipBlanks(string text, int position, int end)
    {
        while (position < end && (char.IsWhiteSpace(text[position]) || text[position] == '>'))
            position++;
        return position;
    }
}
