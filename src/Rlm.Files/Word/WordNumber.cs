using System.Text;

namespace Rlm.Files.Word;

/// <summary>Writes numbers of lists.</summary>
internal static class WordNumber
{
    private const int MostRoman = 3999;

    private static readonly (int Value, string Sign)[] Roman =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    ];

    /// <param name="number">The number.</param>
    /// <param name="format">Its format by ECMA-376, 17.18.59; one that is not known is written in figures.</param>
    public static string Write(int number, string format) => format switch
    {
        "upperRoman" when number is > 0 and <= MostRoman => RomanOf(number),
        "lowerRoman" when number is > 0 and <= MostRoman => RomanOf(number).ToLowerInvariant(),
        "upperLetter" when number > 0 => LetterOf(number, 'A'),
        "lowerLetter" when number > 0 => LetterOf(number, 'a'),
        "decimalZero" => Invariant($"{number:00}"),
        "ordinal" => Invariant($"{number}{EndingOf(number)}"),
        "none" => "",
        _ => Invariant($"{number}"),
    };

    private static string RomanOf(int number)
    {
        var text = new StringBuilder();
        foreach (var (value, sign) in Roman)
        {
            for (; number >= value; number -= value)
                text.Append(sign);
        }

        return text.ToString();
    }

    // Behind z comes aa, then bb.
    private static string LetterOf(int number, char first) =>
        new((char)(first + ((number - 1) % 26)), Math.Min(((number - 1) / 26) + 1, 100));

    private static string EndingOf(int number) => (number % 100) is >= 11 and <= 13 ? "th"
        : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
}
