using System.Buffers;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// A line that a row's number opens: <c>[1] text</c>, <c>1. text</c>, <c>**1**: text</c>, <c>Row 1 - text</c>, <c>| 1 | text |</c> and the
/// like, a bullet before it or not.
/// </summary>
internal readonly ref struct NumberedLine
{
    private static readonly string[] RowWords = ["row", "item", "line", "number", "no", "nr", "message", "text", "entry", "record"];

    private static readonly SearchValues<char> Emphasis = SearchValues.Create("*_`\"");

    public required ReadOnlySpan<char> Digits { get; init; }

    /// <summary>What follows the number.</summary>
    public required ReadOnlySpan<char> Text { get; init; }

    public required bool IsInBrackets { get; init; }

    /// <summary>Whether a bar parts number and text.</summary>
    public required bool IsCell { get; init; }

    /// <summary>Whether the line is one of a table, whose row it ends.</summary>
    public required bool IsTableRow { get; init; }

    /// <summary>Whether there are cells behind the text, so that nothing says which is the reply.</summary>
    public bool HasMoreCells =>
        IsCell && Text.ToString().Replace("\\|", "", StringComparison.Ordinal).Contains('|', StringComparison.Ordinal);

    public static bool TryRead(ReadOnlySpan<char> line, out NumberedLine read)
    {
        read = default;
        line = line.Trim();
        bool isTableRow = line is ['|', _, .., '|'];
        if (isTableRow)
            line = line[1..^1].Trim();
        if (line is ['-' or '*' or '•', var blank, ..] && char.IsWhiteSpace(blank))
            line = line[1..].TrimStart();

        int marks = line.IndexOfAnyExcept(Emphasis);
        var emphasis = line[..Math.Max(0, marks)];
        line = WithoutRowWord(line[emphasis.Length..]);
        char bracket = line is ['[' or '(', ..] ? line[0] : '\0';
        if (bracket != '\0')
            line = line[1..];
        int count = line.IndexOfAnyExceptInRange('0', '9');
        if (count <= 0)
            return false;

        var digits = line[..count];
        var text = line[count..];
        if (bracket != '\0')
        {
            if (text[0] != (bracket == '[' ? ']' : ')'))
                return false;
            text = text[1..];
        }

        bool isEmphasized = WithoutStart(ref text, emphasis);
        int separator = Separator(text, mayBeDash: bracket == '\0', out bool isCell);
        if (separator == 0 && bracket == '\0')
            return false;

        text = text[separator..].TrimStart();
        if (!isEmphasized && !WithoutStart(ref text, emphasis) && text.EndsWith(emphasis))
            text = text[..^emphasis.Length];
        read = new NumberedLine
        {
            Digits = digits,
            Text = text.Trim(),
            IsInBrackets = bracket == '[',
            IsCell = isCell,
            IsTableRow = isTableRow,
        };
        return true;
    }

    private static ReadOnlySpan<char> WithoutRowWord(ReadOnlySpan<char> line)
    {
        foreach (string word in RowWords)
        {
            if (line.Length > word.Length && line.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(line[word.Length]))
                return line[word.Length..].TrimStart(" .#*_");
        }

        return line is ['#', not ' ', ..] ? line[1..] : line;
    }

    private static bool WithoutStart(ref ReadOnlySpan<char> text, ReadOnlySpan<char> start)
    {
        if (!text.StartsWith(start))
            return false;

        text = text[start.Length..];
        return true;
    }

    /// <summary>
    /// How many characters part the number from its text, blanks before them included; 0 where nothing does, as in <c>1.5</c> or
    /// <c>10:30</c>.
    /// </summary>
    private static int Separator(ReadOnlySpan<char> text, bool mayBeDash, out bool isCell)
    {
        var rest = text.TrimStart();
        int blanks = text.Length - rest.Length;
        isCell = rest is ['|', ..];
        bool touchesDigit = rest.Length > 1 && char.IsAsciiDigit(rest[1]);
        int length = rest switch
        {
            ['-' or '=', '>', ..] => 2,
            ['|' or '→', ..] => 1,
            [':' or '.' or ')' or ']' or '=', ..] when !touchesDigit => 1,
            ['-' or '–' or '—', var next, ..] when mayBeDash && char.IsWhiteSpace(next) => 1,
            _ => 0,
        };
        return length > 0 ? blanks + length : text is ['\t', ..] ? 1 : 0;
    }
}
