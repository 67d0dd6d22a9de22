using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Reads header values, whose words may be encoded (RFC 2047), in every way that they are met in.</summary>
internal static class EncodedWords
{
    /// <summary>The value in one line.</summary>
    /// <param name="value">The value as it is in the header.</param>
    /// <param name="isGuess">Set where a charset is guessed.</param>
    public static string Decode(ReadOnlySpan<byte> value, ref bool isGuess)
    {
        string raw = Charsets.Decode(value, null, out bool guessed);
        isGuess |= guessed;
        return Decode(raw, ref isGuess);
    }

    /// <summary>The same of a value whose bytes are read.</summary>
    public static string Decode(string raw, ref bool isGuess)
    {
        if (!raw.Contains("=?", StringComparison.Ordinal))
            return ToOneLine(raw);

        var text = new StringBuilder();
        var bytes = new List<byte>();
        string? charset = null;
        int at = 0;
        while (at < raw.Length)
        {
            int start = raw.IndexOf("=?", at, StringComparison.Ordinal);
            if (start < 0 || Find(raw, start) is not { } word)
            {
                int end = start < 0 ? raw.Length : start + 2;
                Flush(ref isGuess);
                text.Append(raw, at, end - at);
                at = end;
                continue;
            }

            // Blanks between two encoded words are none of the text, and a letter may be parted by them.
            bool isNext = charset is not null && string.IsNullOrWhiteSpace(raw[at..start]);
            if (!isNext || !word.Charset.Equals(charset, StringComparison.OrdinalIgnoreCase))
                Flush(ref isGuess);
            if (!isNext)
                text.Append(raw, at, start - at);
            charset = word.Charset;
            bytes.AddRange(word.Bytes);
            at = word.End;
        }

        Flush(ref isGuess);
        return ToOneLine(text.ToString());

        void Flush(ref bool isGuess)
        {
            if (charset is null)
                return;

            text.Append(Charsets.Decode(bytes.ToArray(), charset, out bool guessed));
            isGuess |= guessed;
            bytes.Clear();
            charset = null;
        }
    }

    /// <summary>The text with its blanks and control characters as single blanks.</summary>
    public static string ToOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (!char.IsControl(letter) && letter is not (' ' or '\u2028' or '\u2029'))
                line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd(' ');
    }

    private static (string Charset, byte[] Bytes, int End)? Find(string raw, int start)
    {
        int charsetEnd = raw.IndexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd + 2 >= raw.Length || raw[charsetEnd + 2] != '?')
            return null;
        int end = raw.IndexOf("?=", charsetEnd + 3, StringComparison.Ordinal);
        if (end < 0)
            return null;

        // The language may stand behind the charset (RFC 2231).
        string charset = raw[(start + 2)..charsetEnd].Split('*')[0];
        string text = raw[(charsetEnd + 3)..end];
        if (charset.Length == 0 || charset.AsSpan().ContainsAny(" =\""))
            return null;
        return char.ToLowerInvariant(raw[charsetEnd + 1]) switch
        {
            'b' => (charset, TransferEncoding.DecodeBase64(Encoding.UTF8.GetBytes(text), out _).ToArray(), end + 2),
            'q' => (charset, TransferEncoding.DecodeQuoted(Encoding.UTF8.GetBytes(text.Replace('_', ' ')), out _).ToArray(), end + 2),
            _ => null,
        };
    }
}
