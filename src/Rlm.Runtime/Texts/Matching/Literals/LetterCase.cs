namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>ASCII letters in either case, as bytes.</summary>
internal static class LetterCase
{
    /// <summary>The letter in its other case; anything else as it is.</summary>
    public static byte Swap(byte value) => char.IsAsciiLetter((char)value) ? (byte)(value ^ 0x20) : value;

    public static byte ToLower(byte value) => char.IsAsciiLetterUpper((char)value) ? (byte)(value | 0x20) : value;

    /// <summary>Whether bytes start with a text, which is in lower case where letters match in either.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text, bool ignoresCase)
    {
        if (!ignoresCase)
            return bytes.StartsWith(text);
        if (bytes.Length < text.Length)
            return false;

        for (int at = 0; at < text.Length; at++)
        {
            if (ToLower(bytes[at]) != text[at])
                return false;
        }

        return true;
    }
}
