using System.Text;

namespace Rlm.Runtime.Tests.Texts.Matching;

/// <summary>Regexes and texts at random, rich in what engines disagree about: letter case, classes, places, invalid UTF-8.</summary>
internal sealed class RandomPattern(Random random)
{
    private static readonly string[] Atoms =
    [
        "a", "b", "c", "k", "K", "i", "I", "s", "S", "ß", "é", "É", "İ", "ı", "\u212A", "\u017F", "0", "7", "-", "_", "@", " ", "σ",
        "ς", "Σ", "😀",
        ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "[a-c]", "[^a-c]", "[k-s]", "[é-ü]", "[^\\w]", "[\\d_]", "[]a]", "[a-z-[b]]",
        "\\p{Lu}", "\\P{L}",
        "[\\p{Ll}0-9]", "\\.", "\\-", "\\x41", "\\u00e9", "\\t", "\\r", "error", "warn", "timeout", "kiss", "ab", "aa",
    ];

    private static readonly string[] Places = ["^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z"];

    private static readonly string[] Quantifiers = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "{0}", "*?", "+?", "??", "{0,2}?"];

    private static readonly string[] Pieces =
    [
        "a", "b", "c", "k", "K", "i", "I", "s", "S", "ß", "é", "É", "İ", "ı", "\u212A", "\u017F", "0", "7", "-", "_", "@", " ", "σ", "ς",
        "Σ", "😀", "\uFFFD",
        "\t", "\r", "\n", "\r\n", "\u200D", "\u0301", "\u0663", "\u2028", "\u0085", "error", "ERROR", "warn", "timeout", "Kiss", "aaa",
        "ab", ".", "A", "\0",
    ];

    private static readonly byte[][] Invalid = [[0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x80], [0xED, 0xA0, 0x80], [0xC0, 0xAF],
        [0xF4, 0x90, 0x80, 0x80]];

    public string Regex() => random.Next(8) == 0 ? $"(?i){Choice(3)}" : Choice(3);

    public byte[] Text()
    {
        var bytes = new List<byte>();
        for (int piece = random.Next(40); piece > 0; piece--)
            bytes.AddRange(random.Next(16) == 0 ? Pick(Invalid) : Encoding.UTF8.GetBytes(Pick(Pieces)));
        return [.. bytes];
    }

    private string Choice(int depth) =>
        string.Join('|', Enumerable.Range(0, random.Next(5) == 0 ? random.Next(2, 5) : 1).Select(_ => Sequence(depth)));

    private string Sequence(int depth) => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Part(depth)));

    private string Part(int depth)
    {
        if (random.Next(7) == 0)
            return Pick(Places);

        string part = depth > 0 && random.Next(4) == 0
            ? $"({Pick(["", "?:", "?i:", "?s:", "?-i:", "?<n>"])}{Choice(depth - 1)})"
            : Pick(Atoms);
        if (random.Next(3) > 0)
            return part;
        // A quantifier takes the last sign of a word, as .NET reads it; half a pair is left alone.
        return part.EndsWith('\uDE00') ? part : part + Pick(Quantifiers);
    }

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];
}
