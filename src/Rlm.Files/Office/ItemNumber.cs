using System.Text;

namespace Rlm.Files.Office;

/// <summary>Writes the numbers of items and headings, as 17.18.59 of ECMA-376 names their formats.</summary>
internal static class ItemNumber
{
    private const int Most = 32_767;
    private const int MostLetters = 100;

    private static readonly (int Value, string Sign)[] Roman =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    ];

    private static readonly string[] Ones =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, string> OddOrdinals = new(StringComparer.Ordinal)
    {
        ["one"] = "first",
        ["two"] = "second",
        ["three"] = "third",
        ["five"] = "fifth",
        ["eight"] = "eighth",
        ["nine"] = "ninth",
        ["twelve"] = "twelfth",
    };

    /// <summary>The number as it is shown; null for a format that is not known, and a number that it does not go up to.</summary>
    /// <param name="number">The number.</param>
    /// <param name="format">Its format, such as <c>lowerRoman</c>.</param>
    /// <param name="language">What words are in, such as <c>en-US</c>; others than English are not known.</param>
    public static string? Write(int number, string format, string language = "en")
    {
        if (format == "none")
            return "";
        if (format is "decimal" or "decimalHalfWidth")
            return Invariant($"{number}");
        if (number is < 0 or > Most)
            return null;

        bool isEnglish = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        return format switch
        {
            "decimalZero" => Invariant($"{number:00}"),
            "numberInDash" => Invariant($"- {number} -"),
            "hex" => Invariant($"{number:X}"),
            "ordinal" when isEnglish => Invariant($"{number}{EndingOf(number)}"),
            "cardinalText" when isEnglish => Capitalize(WordsOf(number)),
            "ordinalText" when isEnglish => Capitalize(ToOrdinal(WordsOf(number))),
            "decimalFullWidth" or "decimalFullWidth2" => string.Concat(Invariant($"{number}").Select(digit => (char)(digit - '0' + '０'))),
            "ideographDigital" => string.Concat(Invariant($"{number}").Select(digit => "〇一二三四五六七八九"[digit - '0'])),
            _ when number == 0 => null,
            "upperRoman" => RomanOf(number),
            "lowerRoman" => RomanOf(number).ToLowerInvariant(),
            "upperLetter" => Repeat((char)('A' + ((number - 1) % 26)), ((number - 1) / 26) + 1),
            "lowerLetter" => Repeat((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1),
            "chicago" => Repeat("*†‡§"[(number - 1) % 4], ((number - 1) / 4) + 1),
            "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" when number <= 20 => ((char)('①' + number - 1)).ToString(),
            "decimalEnclosedParen" when number <= 20 => ((char)('⑴' + number - 1)).ToString(),
            "decimalEnclosedFullstop" when number <= 20 => ((char)('⒈' + number - 1)).ToString(),
            "japaneseCounting" or "chineseCounting" or "chineseCountingThousand" or "taiwaneseCounting" or "taiwaneseCountingThousand"
                when number < 100 => IdeographsOf(number),
            _ => null,
        };
    }

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
    private static string? Repeat(char letter, int count) => count <= MostLetters ? new string(letter, count) : null;

    private static string EndingOf(int number) => (number % 100) is >= 11 and <= 13 ? "th"
        : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };

    private static string WordsOf(int number) => number switch
    {
        < 20 => Ones[number],
        < 100 => Tens[number / 10] + (number % 10 == 0 ? "" : $"-{Ones[number % 10]}"),
        < 1000 => $"{Ones[number / 100]} hundred{(number % 100 == 0 ? "" : $" {WordsOf(number % 100)}")}",
        _ => $"{WordsOf(number / 1000)} thousand{(number % 1000 == 0 ? "" : $" {WordsOf(number % 1000)}")}",
    };

    private static string ToOrdinal(string words)
    {
        int start = words.AsSpan().LastIndexOfAny(' ', '-') + 1;
        string last = words[start..];
        return words[..start] + (OddOrdinals.GetValueOrDefault(last) ?? (last.EndsWith('y') ? $"{last[..^1]}ieth" : $"{last}th"));
    }

    private static string Capitalize(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string IdeographsOf(int number)
    {
        const string digits = "〇一二三四五六七八九";
        string tens = number < 10 ? "" : number < 20 ? "十" : $"{digits[number / 10]}十";
        return tens + (number % 10 == 0 ? "" : digits[number % 10].ToString());
    }
}
