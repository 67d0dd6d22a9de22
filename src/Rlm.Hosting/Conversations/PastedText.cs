using System.Text;

namespace Rlm.Hosting.Conversations;

/// <summary>A long message of a user, told apart into what it asks and what was pasted into it.</summary>
/// <param name="Before">The request before the data; empty for none.</param>
/// <param name="Data">The data, as UTF-8.</param>
/// <param name="After">The request behind the data; empty for none.</param>
/// <remarks>
/// The request would be counted among the data otherwise. It is the first or the last paragraph, where that is short: one with a question
/// mark or a colon at its end, else the first, else the last; both where there is one block between them. Nothing is left out: what is not in the request is in the data.
/// </remarks>
internal sealed record PastedText(string Before, ReadOnlyMemory<byte> Data, string After)
{
    private const int MaxRequestChars = 800, MaxEdgeChars = 300;

    /// <summary>More than any request has, in any script.</summary>
    private const int EndBytes = 16 * 1024;

    /// <summary>The parts of a text in which the request stands, too; of a long one only the ends are read.</summary>
    public static PastedText Split(ReadOnlyMemory<byte> text)
    {
        var whole = text.Trim("\r\n"u8);
        string ends = ReadEnds(whole.Span);
        var (start, end) = FindData(ends);
        var data = whole[Encoding.UTF8.GetByteCount(ends.AsSpan(0, start))..^Encoding.UTF8.GetByteCount(ends.AsSpan(end))];
        return new PastedText(ends[..start].Trim(), data.Trim("\r\n"u8), ends[end..].Trim());
    }

    /// <summary>A text, or its beginning and its end where it is long.</summary>
    private static string ReadEnds(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 2 * EndBytes)
            return Encoding.UTF8.GetString(text);

        int from = text.Length - EndBytes;
        // Not in the midst of a letter.
        while ((text[from] & 0xC0) == 0x80)
            from++;
        return Encoding.UTF8.GetString(text[..EndBytes]) + Encoding.UTF8.GetString(text[from..]);
    }

    private static (int Start, int End) FindData(string whole)
    {
        int head = EndOfFirst(whole), tail = StartOfLast(whole);
        bool hasHead = head > 0 && head <= MaxRequestChars, hasTail = tail > head && whole.Length - tail <= MaxRequestChars;
        bool isAskedBefore = hasHead && IsRequest(whole[..head]), isAskedAfter = hasTail && IsRequest(whole[tail..]);
        // One block of data between two paragraphs: both are the user's, whatever they end with.
        if (hasHead && hasTail && IsBlock(whole[head..tail].Trim()))
            (isAskedBefore, isAskedAfter) = (true, true);
        else if (!isAskedBefore && !isAskedAfter)
            (isAskedBefore, isAskedAfter) = (hasHead, hasTail && !hasHead);
        return (isAskedBefore ? head : 0, isAskedAfter ? tail : whole.Length);
    }

    /// <summary>The first and the last line of data in which a request may stand, that none was told apart from.</summary>
    public string TellEdges()
    {
        string ends = ReadEnds(Data.Span).Trim();
        int first = ends.IndexOfAny(['\r', '\n']), last = ends.LastIndexOfAny(['\r', '\n']);
        return first < 0 ? "" : Invariant($"What is asked may stand in it. Its first line: {Cut(ends[..first])}\nIts last line: {Cut(ends[(last + 1)..])}");
    }

    private static string Cut(string line) => line.Length <= MaxEdgeChars ? line : $"{line.AsSpan(0, MaxEdgeChars - 1)}…";

    private static bool IsBlock(string text) => text.Length > 0 && !text.ReplaceLineEndings("\n").Contains("\n\n", StringComparison.Ordinal);

    private static bool IsRequest(string paragraph) => paragraph.TrimEnd() is [.., '?' or ':' or '？' or '：'];

    /// <summary>Where the first paragraph ends, or the first line where that asks; 0 where there is but one.</summary>
    private static int EndOfFirst(string text)
    {
        int line = text.IndexOf('\n', StringComparison.Ordinal);
        if (line > 0 && line <= MaxRequestChars && IsRequest(text[..line]))
            return line;

        int unix = text.IndexOf("\n\n", StringComparison.Ordinal), windows = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return Math.Max(0, unix < 0 ? windows : windows < 0 ? unix : Math.Min(unix, windows));
    }

    /// <summary>Where the last paragraph begins, or the last line where that asks; the end where there is but one.</summary>
    private static int StartOfLast(string text)
    {
        int line = text.LastIndexOf('\n') + 1;
        if (line > 0 && text.Length - line <= MaxRequestChars && IsRequest(text[line..]))
            return line;

        int unix = text.LastIndexOf("\n\n", StringComparison.Ordinal), windows = text.LastIndexOf("\r\n\r\n", StringComparison.Ordinal);
        int at = Math.Max(unix < 0 ? unix : unix + 2, windows < 0 ? windows : windows + 4);
        return at < 0 ? text.Length : at;
    }
}
