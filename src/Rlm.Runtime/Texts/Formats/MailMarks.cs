using System.Text;

namespace Rlm.Runtime.Texts.Formats;

/// <summary>Tells mail, as one message or a mailbox, by its headers.</summary>
internal static class MailMarks
{
    private const int SampleBytes = 256 * 1024;

    /// <summary>Whether the text is mail and a part near its start is encoded.</summary>
    public static bool HasEncodedParts(TextSource source)
    {
        if (source.HasEncodedParts is { } known)
            return known;
        // What a reader made of a file is decoded.
        if (source.Mail is not null || source.IsMadeOfFile)
            return false;

        try
        {
            return HasEncodedParts(source.GetStart(SampleBytes));
        }
        catch (TextException)
        {
            // A text that cannot be read any more has said so to who reads it.
            return false;
        }
    }

    /// <summary>Whether a text that begins so is mail with a part that is encoded.</summary>
    public static bool HasEncodedParts(ReadOnlySpan<byte> start) => IsMail(HeadersOf(start))
        && (HasLine(start, "content-transfer-encoding:"u8, "quoted-printable"u8) || HasLine(start, "content-transfer-encoding:"u8, "base64"u8));

    /// <summary>What stands before the first blank line, without a mark and blank lines before it.</summary>
    private static ReadOnlySpan<byte> HeadersOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble))
            start = start[Encoding.UTF8.Preamble.Length..];
        start = start.TrimStart("\r\n"u8);
        int end = start.IndexOf("\n\n"u8), other = start.IndexOf("\n\r\n"u8);
        end = end < 0 || (other >= 0 && other < end) ? other : end;
        return end < 0 ? start : start[..end];
    }

    /// <summary>
    /// Whether it begins with headers of a message, among them whom it is from and when it was sent or by which way it came.
    /// </summary>
    private static bool IsMail(ReadOnlySpan<byte> start) => HasLine(start, "from:"u8, ""u8)
        && (HasLine(start, "date:"u8, ""u8) || HasLine(start, "received:"u8, ""u8) || HasLine(start, "mime-version:"u8, ""u8));

    /// <summary>Whether a line begins with the mark and holds the word, in letters of any case.</summary>
    private static bool HasLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> word)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.Length > mark.Length && Ascii.EqualsIgnoreCase(line[..mark.Length], mark) && Has(line[mark.Length..], word))
                return true;
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (int i = 0; i + word.Length <= line.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(line.Slice(i, word.Length), word))
                return true;
        }

        return false;
    }
}
