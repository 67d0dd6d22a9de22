namespace Rlm.Runtime.Texts.Encodings;

/// <summary>Tells which encoding of a byte a character a text is in, by the letters that it would have.</summary>
internal static class SingleByteGuess
{
    // All tables are tried with a few bytes, the best of them with many: encodings that are nearly the same differ in rare letters.
    private const int FewBytes = 1024;
    private const int MostBytes = 32 * 1024;
    private const int Finalists = 8;

    // Capitals stand at the start of words, words are of one script, and in Latin script letters beyond ASCII stand apart.
    private const double CapitalInside = -5;
    private const double TwoScripts = -4;
    private const double TwoBeyondAscii = -1.5;
    private const double Alone = -1;

    /// <summary>The likeliest encoding, and the mean logarithm of how likely a high byte is in it.</summary>
    /// <param name="text">A text with a high byte.</param>
    public static (string Encoding, double Likelihood) Of(ReadOnlySpan<byte> text)
    {
        var likely = Rank(text, LetterTable.All, FewBytes);
        if (likely[0].Count == FewBytes)
            likely = Rank(text, likely.Take(Finalists).Select(measured => measured.Table), MostBytes);
        return (likely[0].Table.Encoding, likely[0].Sum / likely[0].Count);
    }

    private static List<(LetterTable Table, double Sum, int Count)> Rank(ReadOnlySpan<byte> text, IEnumerable<LetterTable> tables, int most)
    {
        var ranked = new List<(LetterTable Table, double Sum, int Count)>();
        foreach (var table in tables)
            ranked.Add(Measure(text, table, most));
        return [.. ranked.OrderByDescending(measured => measured.Sum + measured.Table.Prior)];
    }

    private static (LetterTable Table, double Sum, int Count) Measure(ReadOnlySpan<byte> text, LetterTable table, int most)
    {
        double sum = 0;
        int count = 0;
        for (int i = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF); i >= 0 && i < text.Length && count < most; i++)
        {
            if (text[i] < 0x80)
                continue;
            count++;
            sum += table.Logs[text[i] - 128];
            if (!table.IsLetter[text[i] - 128])
                continue;

            int before = i > 0 ? text[i - 1] : ' ', after = i + 1 < text.Length ? text[i + 1] : ' ';
            bool isAfterHigh = before >= 0x80 && table.IsLetter[before - 128], isBeforeHigh = after >= 0x80 && table.IsLetter[after - 128];
            if (table.IsUpper[text[i] - 128]
                && (before >= 0x80 ? table.IsLower[before - 128] : char.IsAsciiLetterLower((char)before)))
                sum += CapitalInside;
            if (table.IsLatin)
                sum += isAfterHigh ? TwoBeyondAscii : 0;
            else if (char.IsAsciiLetter((char)before) || char.IsAsciiLetter((char)after))
                sum += TwoScripts;
            else if (!isAfterHigh && !isBeforeHigh)
                sum += Alone;
        }

        return (table, sum, count);
    }
}
