using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// How many tokens a text is taken to have: a sum over its words, numbers, signs and letters of other scripts, with weights fitted to
/// OpenAI's o200k encoding on manuals in ten languages, code, logs, tables, JSON and encoded bytes. docs/benchmarks.md has the errors. A
/// tokenizer would add 3 MB and 0.2 s of start.
/// </summary>
internal static class TokenEstimate
{
    private const int SampledWhole = 256 * 1024;
    private const int Samples = 64;
    private const int SampleBytes = 4 * 1024;

    /// <summary>A piece of letters, capitals before small ones, and each letter of it beyond eight.</summary>
    private const double Word = 1.16, LongWordLetter = 0.33;

    /// <summary>Three digits, and a change between letters and digits.</summary>
    private const double Digits = 1.12, Change = 0.17;

    /// <summary>A run of signs, and each sign of it beyond the first; blanks beyond the first sixteen.</summary>
    private const double Signs = 0.87, FurtherSign = 0.17, SixteenBlanks = 1;

    private const double LatinLetter = 0.45, SignOfThree = 0.34, Han = 0.83, Kana = 0.78, CharacterOfFour = 2.3;

    /// <summary>
    /// A word of Greek, Cyrillic, Arabic and the like and each letter of it; the same for Hangul and the scripts of India.
    /// </summary>
    private const double WordOfTwo = 0.81, LetterOfTwo = 0.16, WordOfThree = 1.43, LetterOfThree = 0.3;

    /// <summary>
    /// The first name that a model's name holds decides. cl100k (gpt-4, gpt-3.5) has 1.00 of English and code and up to 1.4
    /// of other scripts, measured. Claude: its maker says 3.5 characters a token of English, of which o200k has 4.3. The
    /// others are assumed to be as cl100k.
    /// </summary>
    private static readonly (string Name, double Factor)[] Families =
    [
        ("gpt-4o", 1), ("gpt-4.1", 1), ("claude", 1.25), ("gpt-4", 1.1), ("gpt-3.5", 1.1), ("llama", 1.1), ("qwen", 1.1), ("mistral", 1.1),
        ("gemma", 1.1), ("deepseek", 1.1),
    ];

    /// <summary>How many tokens of a model stand for one of o200k, by its name; 1 for an unknown one.</summary>
    /// <param name="model">The model's name; null for none.</param>
    public static double FactorOf(string? model) =>
        Families.FirstOrDefault(family => model?.Contains(family.Name, StringComparison.OrdinalIgnoreCase) == true) is { Factor: > 0 } known
            ? known.Factor
            : 1;

    public static long OfText(string text)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, SampledWhole)));
        double tokens = 0;
        for (int at = 0; at < text.Length; at += SampledWhole)
            tokens += Sum(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text.AsSpan(at, Math.Min(SampledWhole, text.Length - at)), bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return (long)Math.Ceiling(tokens);
    }

    /// <summary>The tokens of a stretch of a source, by the density of the whole.</summary>
    public static long OfLength(TextSource source, long lengthBytes) => (long)Math.Ceiling(lengthBytes / source.BytesPerToken);

    /// <summary>The mean bytes of a token, from all of a small source and from pieces spread over a large one.</summary>
    public static double DensityOf(TextSource source)
    {
        long length = source.LengthBytes;
        if (length == 0)
            return 4;

        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, SampledWhole));
        double tokens = 0;
        long read = 0;
        if (length <= SampledWhole)
        {
            read = length;
            source.Read(0, bytes.AsSpan(0, (int)length));
            tokens = Sum(bytes.AsSpan(0, (int)length));
        }
        else
        {
            for (int i = 0; i < Samples; i++, read += SampleBytes)
            {
                source.Read((length - SampleBytes) / (Samples - 1) * i, bytes.AsSpan(0, SampleBytes));
                tokens += Sum(bytes.AsSpan(0, SampleBytes));
            }
        }

        ArrayPool<byte>.Shared.Return(bytes);
        return Math.Clamp(read / Math.Max(tokens, 1e-9), 0.5, 64);
    }

    private static double Sum(ReadOnlySpan<byte> text)
    {
        double tokens = 0;
        for (int at = 0; at < text.Length;)
        {
            byte first = text[at];
            int start = at;
            if (IsLetter(first))
            {
                while (at < text.Length && text[at] is >= (byte)'A' and <= (byte)'Z')
                    at++;
                while (at < text.Length && text[at] is >= (byte)'a' and <= (byte)'z')
                    at++;
                tokens += Word + (LongWordLetter * Math.Max(0, at - start - 8));
                tokens += at < text.Length && (IsDigit(text[at]) || text[at] is (byte)'+' or (byte)'/') ? Change : 0;
            }
            else if (IsDigit(first))
            {
                while (at < text.Length && IsDigit(text[at]))
                    at++;
                tokens += Digits * ((at - start + 2) / 3);
                tokens += at < text.Length && IsLetter(text[at]) ? Change : 0;
            }
            else if (first <= ' ')
            {
                while (at < text.Length && text[at] <= ' ')
                    at++;
                tokens += SixteenBlanks * ((at - start) / 16);
            }
            else if (first < 0x80)
            {
                while (at < text.Length && text[at] is > (byte)' ' and < 0x80 && !IsLetter(text[at]) && !IsDigit(text[at]))
                    at++;
                tokens += Signs + (FurtherSign * (at - start - 1));
            }
            else
            {
                tokens += OfCharacter(first, at + 1 < text.Length ? text[at + 1] : (byte)0, at == 0 || text[at - 1] < 'A');
                at += first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            }
        }

        return tokens;
    }

    private static double OfCharacter(byte first, byte second, bool opensWord) => first switch
    {
        < 0xCA => LatinLetter,
        < 0xE0 => LetterOfTwo + (opensWord ? WordOfTwo : 0),
        0xE2 or 0xEF => SignOfThree,
        0xE3 => second == 0x80 ? SignOfThree : Kana,
        >= 0xE4 and <= 0xE9 => Han,
        < 0xF0 => LetterOfThree + (opensWord ? WordOfThree : 0),
        _ => CharacterOfFour,
    };

    private static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a';

    private static bool IsDigit(byte value) => (uint)(value - '0') <= 9;
}
