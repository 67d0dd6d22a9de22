namespace Rlm.Hosting.Conversations;

/// <summary>An end of a long text in which a request may stand.</summary>
/// <param name="At">Where the data begin behind it, or end before it.</param>
/// <param name="Grade">How surely it is a request.</param>
/// <param name="CourtesyAt">The same for a greeting or thanks alone; where the text begins or ends if there is none.</param>
/// <param name="IsDoubtful">Whether it is a last line like any of the data, but for its question mark.</param>
internal readonly record struct RequestEdge(int At, RequestGrade Grade, int CourtesyAt, bool IsDoubtful = false)
{
    private const int MaxChars = 800, MaxCourtesyWords = 4, MinSentenceWords = 3;

    private static readonly HashSet<string> Courtesies = new(StringComparer.OrdinalIgnoreCase)
    {
        "hi", "hello", "hey", "dear", "thanks", "thank", "thx", "cheers", "regards", "greetings", "hallo", "danke", "hola", "gracias", "bonjour", "merci",
    };

    private static readonly HashSet<string> Instructions = new(StringComparer.OrdinalIgnoreCase)
    {
        "please", "count", "list", "summarise", "summarize", "find", "tell", "give", "show", "explain", "extract", "translate", "describe",
        "compare", "write", "answer", "name", "identify", "classify", "analyse", "analyze", "rewrite", "check", "review", "sum", "calculate",
        "compute", "sort", "group", "return", "report", "quote", "print", "look", "read", "determine", "locate", "search", "make", "create",
    };

    /// <summary>The first paragraph, or the first line where only that is a request.</summary>
    public static RequestEdge First(string text)
    {
        int end = EndOfParagraph(text, 0), line = text.IndexOf('\n', StringComparison.Ordinal), courtesy = 0;
        if (end > 0 && IsCourtesy(text[..end]))
        {
            courtesy = end;
            end = EndOfParagraph(text, end + 2);
        }

        var (grade, isTable) = end > 0 ? GradeOf(text[courtesy..end], text[end..], isFirst: true, isLine: false) : default;
        var paragraph = new RequestEdge(end, grade, courtesy);
        if (courtesy > 0 || line <= 0 || (end > 0 && line + 1 >= end) || (grade != RequestGrade.None && (isTable || grade == RequestGrade.Asks)))
            return paragraph;

        var (lineGrade, _) = GradeOf(text[..line], text[line..], isFirst: true, isLine: true);
        return lineGrade >= RequestGrade.Opens || lineGrade > grade ? new RequestEdge(line, lineGrade, 0) : paragraph;
    }

    /// <summary>The last paragraph, or the last line where only that is a request.</summary>
    public static RequestEdge Last(string text)
    {
        int start = StartOfParagraph(text, text.Length), line = text.LastIndexOf('\n') + 1, courtesy = text.Length;
        if (start > 0 && IsCourtesy(text[start..]))
        {
            courtesy = start;
            start = StartOfParagraph(text, text[..start].TrimEnd('\r', '\n').Length);
        }

        var (grade, isTable) = start > 0 ? GradeOf(text[start..courtesy], text[..start], isFirst: false, isLine: false) : default;
        var paragraph = new RequestEdge(start, grade, courtesy);
        if (courtesy < text.Length || line <= 0 || line == start || (grade != RequestGrade.None && (isTable || grade == RequestGrade.Asks)))
            return paragraph;

        var (lineGrade, isBesideTable) = GradeOf(text[line..], text[..line], isFirst: false, isLine: true);
        return lineGrade >= RequestGrade.Opens || lineGrade > grade
            ? new RequestEdge(line, lineGrade, text.Length, !isBesideTable || !DataShape.BeginsWithWord(text[line..]))
            : paragraph;
    }

    private static (RequestGrade Grade, bool IsTable) GradeOf(string edge, string rest, bool isFirst, bool isLine)
    {
        string[] lines = edge.Length > MaxChars ? [] : DataShape.LinesOf(edge);
        if (lines.Length == 0 || lines[0][0] is '#' or '<' or '{' or '}' or '|' or '/' or ';')
            return default;

        var shape = new DataShape(rest);
        if (2 * lines.Count(shape.Has) >= lines.Length || (isLine && char.IsWhiteSpace(edge[0])))
            return default;

        string request = edge.Trim();
        string[] words = request.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool isSentence = shape.IsTable && words.Length >= MinSentenceWords && request is [.., '.' or '!' or '。' or '！'] && DataShape.BeginsWithWord(request);
        var grade = request switch
        {
            [.., '?' or '？'] => RequestGrade.Asks,
            [.., ':' or '：'] when isFirst && (words.Length > 1 || request[^1] == '：') => RequestGrade.Opens,
            // Something would come behind it.
            [.., ':' or '：'] when !isFirst => RequestGrade.None,
            _ when isSentence || (!isLine && Instructions.Contains(words[0].TrimEnd(',', '.', '!'))) => RequestGrade.Instructs,
            _ => isLine ? RequestGrade.None : RequestGrade.Plain,
        };
        return (grade, shape.IsTable);
    }

    /// <summary>Whether words greet or thank, and ask nothing.</summary>
    public static bool IsCourtesy(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= MaxCourtesyWords && words[^1][^1] is not ('?' or ':') && Courtesies.Contains(words[0].TrimEnd(',', '.', '!'));
    }

    private static int EndOfParagraph(string text, int from)
    {
        int start = Math.Min(from, text.Length);
        int unix = text.IndexOf("\n\n", start, StringComparison.Ordinal), windows = text.IndexOf("\r\n\r\n", start, StringComparison.Ordinal);
        return unix < 0 ? windows : windows < 0 ? unix : Math.Min(unix, windows);
    }

    private static int StartOfParagraph(string text, int before)
    {
        int unix = text[..before].LastIndexOf("\n\n", StringComparison.Ordinal), windows = text[..before].LastIndexOf("\r\n\r\n", StringComparison.Ordinal);
        return Math.Max(unix < 0 ? unix : unix + 2, windows < 0 ? windows : windows + 4);
    }
}
