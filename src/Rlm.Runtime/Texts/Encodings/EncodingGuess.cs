using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rlm.Runtime.Texts.Encodings;

/// <summary>Tells what a text that is not UTF-8 looks like, by its bytes alone.</summary>
/// <remarks>
/// UTF-16 shows by zero bytes, or by letters of one script; the encodings of East Asia by sequences that are valid and by which of them are
/// frequent, or by their escapes; alphabets by their letters (<see cref="SingleByteGuess"/>).
/// </remarks>
internal static class EncodingGuess
{
    // A few bytes with a zero among them are anything.
    private const int MinUtf16Bytes = 8;

    // The least that letters of an alphabet reach in their own encoding; ideographs read as letters stay below.
    private const double LetterLikelihood = -3.9;

    private const int RightForWrong = 8;

    /// <summary>The name of UTF-8 in which some bytes are wrong.</summary>
    public const string DamagedUtf8 = "utf-8";

    /// <summary>
    /// The likely encoding by the name that <see cref="TextEncodings"/> knows; null for UTF-8, and <see cref="DamagedUtf8"/> where few of
    /// many sequences are none.
    /// </summary>
    /// <param name="sample">A stretch of the text.</param>
    /// <param name="startsInside">Whether it may begin within a character.</param>
    /// <param name="endsInside">Whether it may end within a character.</param>
    public static string? Of(ReadOnlySpan<byte> sample, bool startsInside, bool endsInside)
    {
        bool isUtf8 = Utf8.IsValid(Whole(sample, startsInside, endsInside, out _));
        bool mayBeUtf16 = sample.Length >= MinUtf16Bytes && (endsInside || sample.Length % 2 == 0);
        return (mayBeUtf16 ? Utf16Of(sample, isUtf8) : null) ?? (isUtf8 ? IsEscapedJapanese(sample) ? "iso-2022-jp" : null
            : IsNearlyUtf8(sample) ? DamagedUtf8 : BytesOf(sample));
    }

    /// <summary>The stretch without parts of UTF-8 characters at its ends.</summary>
    public static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> sample, bool startsInside, bool endsInside, out int start)
    {
        start = 0;
        while (startsInside && start < Math.Min(3, sample.Length) && (sample[start] & 0xC0) == 0x80)
            start++;
        int end = sample.Length;
        for (int back = 1; endsInside && back <= Math.Min(3, end - start); back++)
        {
            byte lead = sample[end - back];
            if (lead < 0x80)
                break;
            if (lead >= 0xC0)
            {
                end -= back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? back : 0;
                break;
            }
        }

        return sample[start..end];
    }

    /// <summary>
    /// UTF-16 without a mark: zeros at every other byte, or else line ends and blanks of two bytes among units of one script.
    /// </summary>
    private static string? Utf16Of(ReadOnlySpan<byte> sample, bool isUtf8)
    {
        // Most texts have none, and this looks at many bytes at once.
        if (!sample.Contains((byte)0))
            return null;

        Span<int> zeros = [0, 0];
        for (int i = 0; i < sample.Length; i++)
            zeros[i & 1] += sample[i] == 0 ? 1 : 0;

        int units = Math.Max(1, sample.Length / 2);
        if (zeros[1] > units * 3 / 10 && zeros[0] <= units / 50 && TextShare(sample, 1) > 0.9)
            return "utf-16le";
        if (zeros[0] > units * 3 / 10 && zeros[1] <= units / 50 && TextShare(sample, 0) > 0.9)
            return "utf-16be";

        // Pairs of ASCII letters look like ideographs.
        if (isUtf8 && ControlShare(sample) < 0.1)
            return null;

        double little = TextShare(sample, 1), big = TextShare(sample, 0);
        return Math.Max(little, big) < 0.98 || little == big ? null : little > big ? "utf-16le" : "utf-16be";
    }

    private static double ControlShare(ReadOnlySpan<byte> sample)
    {
        int controls = 0;
        foreach (byte value in sample)
            controls += value is < 0x20 and not (0 or 9 or 10 or 12 or 13) ? 1 : 0;
        return (double)controls / sample.Length;
    }

    /// <summary>The share of 16-bit units that are ASCII text, or letters of scripts in everyday use.</summary>
    private static double TextShare(ReadOnlySpan<byte> sample, int high)
    {
        int known = 0, units = sample.Length / 2;
        for (int i = 0; i + 1 < sample.Length; i += 2)
        {
            int unit = (sample[i + high] << 8) | sample[i + 1 - high];
            known += unit is 9 or 10 or 13 or (>= 0x20 and < 0x7F) or (>= 0xA0 and < 0x600) or (>= 0x2010 and < 0x2040) or 0x20AC
                or (>= 0x3000 and < 0x3100) or (>= 0x4E00 and < 0xA000) or (>= 0xAC00 and < 0xD7A4) or (>= 0xFF00 and < 0xFFF0) ? 1 : 0;
        }

        return units == 0 ? 0 : (double)known / units;
    }

    /// <summary>Whether escapes switch to Japanese signs and back, all in ASCII.</summary>
    private static bool IsEscapedJapanese(ReadOnlySpan<byte> sample)
    {
        int escape = sample.IndexOf((byte)0x1B);
        return escape >= 0 && (sample[escape..].IndexOf("\u001B$B"u8) >= 0 || sample[escape..].IndexOf("\u001B$@"u8) >= 0)
            && (sample[escape..].IndexOf("\u001B(B"u8) >= 0 || sample[escape..].IndexOf("\u001B(J"u8) >= 0);
    }

    /// <summary>Whether it has far more characters of several bytes than bytes that belong to none, as legacy encodings never have.</summary>
    private static bool IsNearlyUtf8(ReadOnlySpan<byte> sample)
    {
        long valid = 0, wrong = 0;
        while (sample.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var at and >= 0)
        {
            sample = sample[at..];
            bool isValid = Rune.DecodeFromUtf8(sample, out _, out int length) == OperationStatus.Done;
            (valid, wrong) = isValid ? (valid + 1, wrong) : (valid, wrong + 1);
            sample = sample[length..];
        }

        return valid > RightForWrong * wrong;
    }

    private static string BytesOf(ReadOnlySpan<byte> text)
    {
        var single = SingleByteGuess.Of(text);
        return single.Likelihood > LetterLikelihood ? single.Encoding : EastAsianOf(text) ?? single.Encoding;
    }

    private static string? EastAsianOf(ReadOnlySpan<byte> text)
    {
        var japanese = Pairs(text, static lead => lead is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC), static (_, trail) =>
            trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC),
            static (lead, trail) => (lead == 0x82 && trail is >= 0x9F and <= 0xF1) || (lead == 0x83 && trail is >= 0x40 and <= 0x96)
                || lead is 0x81 or (>= 0x88 and <= 0x97), isSingle: static value => value is >= 0xA1 and <= 0xDF);
        var extended = Pairs(text, static lead => lead is >= 0xA1 and <= 0xFE or 0x8E, static (_, trail) => trail is >= 0xA1 and <= 0xFE,
            static (lead, _) => lead is 0xA1 or 0xA4 or 0xA5 or (>= 0xB0 and <= 0xCF));
        var kana = Pairs(
            text,
            static lead => lead is >= 0xA1 and <= 0xFE or 0x8E,
            static (_, trail) => trail is >= 0xA1 and <= 0xFE,
            static (lead, _) => lead is 0xA4 or 0xA5);
        var hangul = Pairs(
            text,
            static lead => lead is >= 0xA1 and <= 0xFE,
            static (_, trail) => trail is >= 0xA1 and <= 0xFE,
            static (lead, _) => lead is 0xA1 or (>= 0xB0 and <= 0xC8));
        var chinese = Pairs(text, static lead =>
            lead is >= 0x81 and <= 0xFE, static (_, trail) => trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE),
            static (lead, trail) => lead is 0xA1 or 0xA3 or (>= 0xB0 and <= 0xD7) && trail >= 0xA1);
        var taiwanese = Pairs(text, static lead =>
            lead is >= 0xA1 and <= 0xF9, static (_, trail) => trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE),
            static (lead, _) => lead is 0xA1 or (>= 0xA4 and <= 0xC6));

        if (extended > 0 && kana > 0.15)
            return "euc-jp";
        if (hangul > 0.98)
            return "euc-kr";
        double best = Math.Max(japanese, Math.Max(chinese, taiwanese));
        return best < 0.5 ? null : japanese == best ? "shift_jis" : chinese == best ? "gb18030" : "big5";
    }

    /// <summary>
    /// The share of pairs that are frequent; -1 where the text is not such a sequence, or has too few pairs beside single high bytes.
    /// </summary>
    private static double Pairs(
        ReadOnlySpan<byte> text, Func<byte, bool> isLead, Func<byte, byte, bool> isTrail, Func<byte, byte, bool> isFrequent,
        Func<byte, bool>? isSingle = null)
    {
        int pairs = 0, frequent = 0, singles = 0, wrong = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                continue;
            if (isSingle?.Invoke(text[i]) == true)
            {
                singles++;
            }
            else if (isLead(text[i]) && i + 1 < text.Length && isTrail(text[i], text[i + 1]))
            {
                pairs++;
                frequent += isFrequent(text[i], text[i + 1]) ? 1 : 0;
                i++;
            }
            else
            {
                wrong++;
            }
        }

        // A sample may begin and end within a pair.
        bool isKnown = pairs > singles && wrong <= Math.Max(2, pairs / 200) && (wrong == 0 || pairs > 4) && RunShare(text) > 0.5;
        return isKnown ? (double)frequent / pairs : -1;
    }

    /// <summary>The share of high bytes that have another one beside them.</summary>
    private static double RunShare(ReadOnlySpan<byte> text)
    {
        int high = 0, runs = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                continue;
            high++;
            runs += (i > 0 && text[i - 1] >= 0x80) || (i + 1 < text.Length && text[i + 1] >= 0x80) ? 1 : 0;
        }

        return high == 0 ? 0 : (double)runs / high;
    }
}
