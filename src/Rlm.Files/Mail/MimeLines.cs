namespace Rlm.Files.Mail;

/// <summary>Lines of bytes, which end in LF or CRLF; where all end in CR alone, they are to be changed first.</summary>
internal static class MimeLines
{
    /// <summary>Where the line that begins at a place ends, behind its line end.</summary>
    public static int EndOf(ReadOnlySpan<byte> bytes, int start)
    {
        int length = bytes[start..].IndexOf((byte)'\n');
        return length < 0 ? bytes.Length : start + length + 1;
    }

    /// <summary>The line without its line end.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\n'])
            line = line[..^1];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    /// <summary>How many bytes the last line end takes; 0 where there is none.</summary>
    public static int LengthOfLastEnd(ReadOnlySpan<byte> bytes) =>
        bytes is [.., (byte)'\r', (byte)'\n'] ? 2 : bytes is [.., (byte)'\n'] ? 1 : 0;

    /// <summary>Whether lines end in CR alone, as old programs of the Mac write them.</summary>
    /// <param name="start">The first bytes of a text. Behind a CR at their end an LF may stand.</param>
    public static bool EndInReturns(ReadOnlySpan<byte> start)
    {
        const int most = 512;
        start = start[..Math.Min(start.Length, most)];
        return start.Length > 0 && start[..^1].Contains((byte)'\r') && !start.Contains((byte)'\n');
    }

    /// <summary>The text with an LF for each CR where its lines end in these alone.</summary>
    public static ReadOnlySpan<byte> ToLineFeeds(ReadOnlySpan<byte> text)
    {
        if (!EndInReturns(text))
            return text;

        byte[] changed = text.ToArray();
        ReplaceReturns(changed);
        return changed;
    }

    /// <summary>Puts an LF for each CR that none stands behind.</summary>
    public static void ReplaceReturns(Span<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))
                text[i] = (byte)'\n';
        }
    }

    /// <summary>Where the colon of a header field stands in the line; -1 where it is none.</summary>
    public static int IndexOfColon(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return -1;

        foreach (byte letter in line[..colon].TrimEnd(" \t"u8))
        {
            if (letter is <= (byte)' ' or >= 127)
                return -1;
        }

        return line[0] is (byte)' ' or (byte)'\t' ? -1 : colon;
    }
}
