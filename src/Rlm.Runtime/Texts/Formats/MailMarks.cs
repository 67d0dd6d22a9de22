using System.Text;

namespace Rlm.Runtime.Texts.Formats;

/// <summary>Tells mail, as one message or a mailbox, by its headers.</summary>
internal static class MailMarks
{
    private const int HeaderBytes = 4 * 1024;
    private const int SampleBytes = 256 * 1024;

    private static readonly string[] Names = [".eml", ".mbox", ".mbx"];

    /// <summary>Whether the text is mail and a part near its start is encoded.</summary>
    /// <param name="source">The text.</param>
    /// <param name="isOneOfMany">Whether there are many others, of which only those are opened that are mail by their names.</param>
    public static bool HasEncodedParts(TextSource source, bool isOneOfMany)
    {
        if (source.HasEncodedParts is { } known)
            return known;
        // One that a reader made a text of is decoded.
        if (source.Mail is not null)
            return false;
        if (isOneOfMany && !Names.Any(name => source.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)))
            return false;

        try
        {
            return HasEncodedParts(source);
        }
        catch (TextException)
        {
            // A text that cannot be read any more has said so to who reads it.
            return false;
        }
    }

    private static bool HasEncodedParts(TextSource source)
    {
        var sample = source.GetStart(SampleBytes);
        return IsMail(sample[..Math.Min(sample.Length, HeaderBytes)])
            && (HasLine(sample, "content-transfer-encoding:"u8, "quoted-printable"u8)
                || HasLine(sample, "content-transfer-encoding:"u8, "base64"u8));
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
