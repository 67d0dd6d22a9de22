namespace Rlm.Runtime.Texts.Matching;

/// <summary>How often bytes occur in texts, roughly: whether it pays to look for them first.</summary>
internal static class ByteRarity
{
    /// <summary>Whether one of the bytes is met so seldom that it pays to leap from one to the next.</summary>
    public static bool AreLeapt(IEnumerable<byte> bytes) => bytes.Where(value => value < 128).Sum(PerThousand) <= 60;

    /// <summary>Whether a line with the byte is rare.</summary>
    public static bool IsRare(byte value) => PerThousand(value) <= 2;

    /// <summary>
    /// How many of a thousand bytes have the value: counted in English prose and server logs, the larger of both, rounded up.
    /// </summary>
    public static int PerThousand(byte value) => (char)value switch
    {
        ' ' => 170,
        'e' => 105,
        'a' or 't' or 'o' or 'i' or 'n' or 's' or 'r' => 65,
        'h' or 'l' or 'd' or 'u' or 'c' or 'm' => 40,
        >= 'a' and <= 'z' => 20,
        >= '0' and <= '9' => 5,
        '\n' => 15,
        '.' or ',' or ':' or '-' or '/' or '=' or '_' or '"' or '\t' => 12,
        >= 'A' and <= 'Z' => 3,
        _ => 1,
    };
}
