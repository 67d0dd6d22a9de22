using System.Text;

namespace Rlm.Files.Mail;

/// <summary>What the lines of a part stand for (RFC 2045), and whether they are damaged.</summary>
internal static class TransferEncoding
{
    private const byte None = 0xFF;
    private const string Damage = "base64 is damaged or cut short";
    private const string QuotedDamage = "quoted-printable text is damaged";

    private static readonly byte[] Values = MakeValues();

    /// <summary>Whether lines in the encoding stand for others.</summary>
    public static bool IsKnown(string? encoding) =>
        encoding?.ToLowerInvariant() is "base64" or "quoted-printable" or "uuencode" or "x-uuencode" or "x-uue" or "uue";

    /// <summary>The bytes of a part.</summary>
    /// <param name="body">The part's lines.</param>
    /// <param name="encoding">What its header says; null where it does not.</param>
    /// <param name="problem">What is wrong, as in "base64 is cut short"; null where nothing is.</param>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? encoding, out string? problem)
    {
        problem = null;
        switch (encoding?.ToLowerInvariant())
        {
            case "base64":
                return DecodeBase64(body.Span, out problem);
            case "quoted-printable":
                return DecodeQuoted(body.Span, out problem);
            case "uuencode" or "x-uuencode" or "x-uue" or "uue":
                return DecodeUnix(body.Span, out problem);
            case null or "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit" or "none":
                return body;
            default:
                problem = "a transfer encoding is not known, so that its text is as it is";
                return body;
        }
    }

    public static ReadOnlyMemory<byte> DecodeBase64(ReadOnlySpan<byte> text, out string? problem)
    {
        byte[] bytes = new byte[text.Length / 4 * 3 + 3];
        int length = 0, bits = 0, count = 0;
        bool isWrong = false, hasEnded = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte letter = text[i];
            byte value = Values[letter];
            if (value != None)
            {
                // What follows the padding is another text, which lists add to mails.
                if (hasEnded)
                {
                    problem = Damage;
                    return Join(bytes.AsSpan(0, length), text[i..]);
                }

                bits = bits << 6 | value;
                if (++count == 4)
                {
                    bytes[length++] = (byte)(bits >> 16);
                    bytes[length++] = (byte)(bits >> 8);
                    bytes[length++] = (byte)bits;
                    (bits, count) = (0, 0);
                }
            }
            else if (letter == '=')
            {
                isWrong |= count == 1;
                length += Finish(bytes.AsSpan(length), bits, count);
                hasEnded |= count > 0;
                (bits, count) = (0, 0);
            }
            else if (letter is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t'))
            {
                if (hasEnded)
                {
                    problem = Damage;
                    return Join(bytes.AsSpan(0, length), text[i..]);
                }

                isWrong = true;
            }
        }

        problem = isWrong || count > 0 ? Damage : null;
        length += Finish(bytes.AsSpan(length), bits, count);
        return bytes.AsMemory(0, length);
    }

    public static ReadOnlyMemory<byte> DecodeQuoted(ReadOnlySpan<byte> text, out string? problem)
    {
        problem = null;
        byte[] bytes = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes[length++] = text[i];
                continue;
            }

            var rest = text[(i + 1)..];
            if (rest is [var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
            {
                bytes[length++] = (byte)(Convert.FromHexString([(char)high, (char)low])[0]);
                i += 2;
                continue;
            }

            int blanks = rest.IndexOfAnyExcept(" \t\r"u8);
            if (blanks < 0)
                break;
            if (rest[blanks] == '\n')
            {
                i += blanks + 1;
                continue;
            }

            problem = QuotedDamage;
            bytes[length++] = (byte)'=';
        }

        return bytes.AsMemory(0, length);
    }

    private static ReadOnlyMemory<byte> DecodeUnix(ReadOnlySpan<byte> text, out string? problem)
    {
        using var bytes = new MemoryStream();
        bool hasBegun = false, hasEnded = false;
        for (int at = 0; at < text.Length && !hasEnded;)
        {
            int end = MimeLines.EndOf(text, at);
            var line = MimeLines.TrimEnd(text[at..end]);
            at = end;
            if (!hasBegun)
            {
                hasBegun = line.StartsWith("begin "u8);
                continue;
            }

            hasEnded = line.SequenceEqual("end"u8);
            if (hasEnded || line.IsEmpty)
                continue;
            int left = line[0] - 32 & 63;
            for (int i = 1; left > 0; i += 4)
            {
                int bits = 0;
                for (int j = 0; j < 4; j++)
                    bits = bits << 6 | (i + j < line.Length ? line[i + j] - 32 & 63 : 0);
                for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--)
                    bytes.WriteByte((byte)(bits >> shift));
            }
        }

        problem = hasEnded ? null : "uuencoded text is damaged or cut short";
        return hasBegun ? bytes.ToArray() : text.ToArray();
    }

    /// <summary>Writes what less than four letters stand for.</summary>
    private static int Finish(Span<byte> bytes, int bits, int count)
    {
        if (count < 2)
            return 0;

        bits <<= 6 * (4 - count);
        bytes[0] = (byte)(bits >> 16);
        if (count == 3)
            bytes[1] = (byte)(bits >> 8);
        return count - 1;
    }

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => [.. first, (byte)'\n', .. second];

    private static byte[] MakeValues()
    {
        byte[] values = new byte[256];
        values.AsSpan().Fill(None);
        var letters = Encoding.ASCII.GetBytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
        for (int i = 0; i < letters.Length; i++)
            values[letters[i]] = (byte)i;
        return values;
    }
}
