using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Rlm.Files.Mail;

/// <summary>Texts of bytes by the charset that a mail names, and by a guess where it names none, a wrong or an unknown one.</summary>
internal static class Charsets
{
    private static readonly Encoding Windows1252 = WithMarks(CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

    /// <summary>Names that are used for others, as browsers take them (https://encoding.spec.whatwg.org/#names-and-labels).</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["ks_c_5601"] = "ks_c_5601-1987",
        ["ms949"] = "ks_c_5601-1987",
        ["iso-8859-9"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["x-mac-roman"] = "macintosh",
    };

    private static readonly string[] Ascii = ["us-ascii", "ascii", "ansi_x3.4-1968", "7bit"];

    /// <summary>The text of the bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="charset">What the mail says they are in; null where it does not.</param>
    /// <param name="isGuess">Whether the text may be another.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, out bool isGuess)
    {
        isGuess = false;
        if (FindMarked(bytes) is { } marked)
            return marked.GetString(bytes);
        if (System.Text.Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B))
        {
            // UTF-7, HZ and UTF-16 are ASCII that says something else.
            if (charset is null || Find(charset) is null or { IsSingleByte: true } or UTF8Encoding)
            {
                isGuess = charset is not null && IsUnknown(charset) && bytes.ContainsAny((byte)'+', (byte)'~');
                return Encoding.ASCII.GetString(bytes);
            }
        }

        if (charset is null || Find(charset) is not { } encoding)
            return Guess(bytes, out isGuess);
        if (encoding is UnicodeEncoding && System.Text.Ascii.IsValid(bytes) && !bytes.Contains((byte)0))
        {
            // Each two letters would be one of Chinese.
            isGuess = true;
            return Encoding.ASCII.GetString(bytes);
        }

        if (encoding is UTF8Encoding)
        {
            isGuess = !Utf8.IsValid(bytes);
            return isGuess ? GuessDamaged(bytes) : Encoding.UTF8.GetString(bytes);
        }

        string text = encoding.GetString(bytes);
        isGuess = text.Contains('\uFFFD');
        return text;
    }

    /// <summary>UTF-16 or UTF-32 where the bytes begin with its mark; null for any other.</summary>
    public static Encoding? FindMarked(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.UTF32.Preamble) ? Encoding.UTF32
        : bytes.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
        : bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
        : null;

    /// <summary>Whether a charset is named that nobody knows.</summary>
    private static bool IsUnknown(string charset) => !Ascii.Contains(charset, StringComparer.OrdinalIgnoreCase) && Find(charset) is null;

    private static string Guess(ReadOnlySpan<byte> bytes, out bool isGuess)
    {
        isGuess = false;
        if (bytes.IndexOf("\u001B$"u8) >= 0 || bytes.IndexOf("\u001B(J"u8) >= 0)
            return CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-jp")!.GetString(bytes);
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);

        isGuess = true;
        return Windows1252.GetString(bytes);
    }

    /// <summary>UTF-8 with wrong bytes where most of it is right; otherwise what Western mails were written in.</summary>
    private static string GuessDamaged(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        int wrong = 0, right = 0;
        foreach (char letter in text)
        {
            if (letter == '\uFFFD')
                wrong++;
            else if (letter > '\u007F')
                right++;
        }

        return right >= wrong ? text : Windows1252.GetString(bytes);
    }

    private static Encoding? Find(string charset)
    {
        string name = Aliases.GetValueOrDefault(charset, charset);
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8;
        if (Ascii.Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        try
        {
            int page = 0;
            bool isPage = name.StartsWith("cp", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out page);
            var encoding = isPage ? CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return WithMarks(encoding);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The encoding with a replacement character for bytes that it does not have.</summary>
    private static Encoding WithMarks(Encoding encoding)
    {
        if (encoding is UTF8Encoding)
            return Encoding.UTF8;
        var marking = (Encoding)encoding.Clone();
        marking.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return marking;
    }
}
