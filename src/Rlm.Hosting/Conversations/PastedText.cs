using System.Text;

namespace Rlm.Hosting.Conversations;

/// <summary>A long message of a user, told apart into what it asks and what was pasted into it.</summary>
/// <param name="Before">The request before the data; empty for none.</param>
/// <param name="Data">The data, as UTF-8.</param>
/// <param name="After">The request behind the data; empty for none.</param>
/// <remarks>
/// The request would be counted among the data otherwise. It is the first or the last paragraph or line, where that is short and not like the
/// data: see <see cref="RequestEdge"/>. Nothing is left out: what is not in the request is in the data.
/// </remarks>
internal sealed record PastedText(string Before, ReadOnlyMemory<byte> Data, string After)
{
    private const int MaxEdgeChars = 300;

    /// <summary>More than any request has, in any script.</summary>
    private const int EndBytes = 16 * 1024;

    /// <summary>Whether a request may stand among the data, where none was told apart.</summary>
    public bool MayAsk { get; init; } = true;

    /// <summary>The parts of a text in which the request stands, too; of a long one only the ends are read.</summary>
    /// <param name="text">The text, as UTF-8.</param>
    /// <param name="others">Whether the request may stand elsewhere: an end has to be the surer then to be taken for it.</param>
    public static PastedText Split(ReadOnlyMemory<byte> text, OtherWords others = OtherWords.None)
    {
        var whole = text.Trim("\r\n"u8);
        string ends = ReadEnds(whole.Span);
        var (start, end) = FindData(ends, others);
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

    private static (int Start, int End) FindData(string whole, OtherWords others)
    {
        RequestEdge head = RequestEdge.First(whole), tail = RequestEdge.Last(whole);
        var least = others switch
        {
            OtherWords.Ask => RequestGrade.Asks,
            OtherWords.None when head.Grade < RequestGrade.Instructs && tail.Grade < RequestGrade.Instructs => RequestGrade.Plain,
            _ => RequestGrade.Instructs,
        };
        // One block of data between two paragraphs: both are the user's, whatever they end with.
        if (others == OtherWords.None && head.Grade > RequestGrade.None && tail.Grade > RequestGrade.None && tail.At > head.At
            && IsBlock(whole[head.At..tail.At].Trim()))
        {
            least = RequestGrade.Plain;
        }

        bool isAskedBefore = head.Grade >= least;
        bool isAskedAfter = tail.Grade >= least && !(tail.IsDoubtful && isAskedBefore && head.Grade != RequestGrade.Opens);
        int start = isAskedBefore ? head.At : isAskedAfter ? head.CourtesyAt : 0;
        int end = isAskedAfter ? tail.At : isAskedBefore ? tail.CourtesyAt : whole.Length;
        return (start, end > start ? end : whole.Length);
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
}
