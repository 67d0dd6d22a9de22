using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>Where a statement ends: docs/specification.md, section 3, rule 1.</summary>
internal sealed class Layout
{
    /// <summary>A newline ends the statement, unless the next line goes on with it.</summary>
    public static readonly Layout Line = new(endsAtNewline: true);

    /// <summary>Inside brackets a newline is a blank.</summary>
    public static readonly Layout Bracketed = new(endsAtNewline: false);

    private static readonly string[] StatementWords = ["let", "answer", "assert"];

    private static readonly char[] LineEnds = ['\n', '\r'];

    private readonly bool _endsAtNewline;

    private Layout(bool endsAtNewline) => _endsAtNewline = endsAtNewline;

    /// <summary>The columns that every line with content is indented by.</summary>
    public static int CommonIndentation(string source)
    {
        int common = int.MaxValue;
        for (int start = 0; start < source.Length;)
        {
            int content = SkipBlanks(source, start);
            if (content < source.Length && source[content] is not ('\n' or '\r' or '#'))
                common = Math.Min(common, content - start);

            start = Math.Min(source.Length, LineEnd(source, content) + 1);
        }

        return common == int.MaxValue ? 0 : common;
    }

    /// <summary>The place after the blanks and comments, and after the newlines that do not end the statement.</summary>
    public int Skip(string source, int position, int commonIndentation)
    {
        while (true)
        {
            position = SkipComment(source, SkipBlanks(source, position));
            if (position == source.Length || source[position] is not ('\n' or '\r'))
                return position;

            int next = SkipLines(source, position, out int lineStart);
            if (_endsAtNewline && !Continues(source, next, next - lineStart, commonIndentation))
                return position;

            position = next;
        }
    }

    /// <summary>The first place with content at or after a statement's end: newlines, <c>;</c>, blanks and comments are skipped.</summary>
    public static int SkipToStatement(string source, int position)
    {
        while (position < source.Length)
        {
            position = SkipLineComment(source, SkipBlanks(source, position));
            if (position == source.Length || source[position] is not ('\n' or '\r' or ';'))
                break;
            position++;
        }

        return position;
    }

    /// <summary>The start of the next line that opens a statement, to go on after an error.</summary>
    public static int SkipToNextStatement(string source, int position, int commonIndentation)
    {
        while (position < source.Length)
        {
            int next = SkipLines(source, LineEnd(source, position), out int lineStart);
            if (!Continues(source, next, next - lineStart, commonIndentation))
                return next;
            position = next;
        }

        return position;
    }

    private static bool Continues(string source, int position, int indentation, int commonIndentation) =>
        position < source.Length
        && (source[position] == '|'
            || (indentation > commonIndentation && !StartsStatement(source, position)));

    /// <summary>Whether a word that only opens statements stands there, or nothing does.</summary>
    public static bool StartsStatement(string source, int position) =>
        position == source.Length || StatementWords.Any(word => StartsWithWord(source, position, word));

    private static bool StartsWithWord(string source, int position, string word) =>
        string.CompareOrdinal(source, position, word, 0, word.Length) == 0
        && (position + word.Length == source.Length || !Names.IsWordPart(source[position + word.Length]));

    /// <summary>From a newline to the first content of a later line.</summary>
    private static int SkipLines(string source, int position, out int lineStart)
    {
        lineStart = position;
        while (position < source.Length && source[position] is '\n' or '\r')
        {
            lineStart = ++position;
            position = SkipLineComment(source, SkipBlanks(source, position));
        }

        return position;
    }

    private static int SkipBlanks(string source, int position)
    {
        while (position < source.Length && source[position] is ' ' or '\t' or '\u00A0' or '\u200B' or '\uFEFF')
            position++;
        return position;
    }

    // At a line's start `//`, `-- ` and the fences of Markdown say nothing of the program in other languages, and nothing here.
    private static int SkipLineComment(string source, int position)
    {
        bool isForeign = string.CompareOrdinal(source, position, "//", 0, 2) == 0
            || string.CompareOrdinal(source, position, "-- ", 0, 3) == 0
            || string.CompareOrdinal(source, position, "```", 0, 3) == 0;
        return isForeign ? LineEnd(source, position) : SkipComment(source, position);
    }

    private static int SkipComment(string source, int position) =>
        position < source.Length && (source[position] == '#' || OpensForeignComment(source, position)) ? LineEnd(source, position) : position;

    /// <summary>The end of the line that a place stands in: LF, CRLF or a lone CR, or the program's end.</summary>
    public static int LineEnd(string source, int position) =>
        source.IndexOfAny(LineEnds, position) is var end and >= 0 ? end : source.Length;

    // SQL's comment behind a statement; two signs with blanks around them are not arithmetic.
    private static bool OpensForeignComment(string source, int position) =>
        string.CompareOrdinal(source, position, "-- ", 0, 3) == 0 && position > 0 && source[position - 1] is ' ' or '\t';
}
