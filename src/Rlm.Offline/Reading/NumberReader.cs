using System.Globalization;

namespace Rlm.Offline.Reading;

/// <summary>Finds numbers in words: digits with separators, numerals up to twelve, and a following thousand, million or billion.</summary>
internal static class NumberReader
{
    public static List<(int WordIndex, string Number)> Read(string text, IReadOnlyList<Word> words)
    {
        List<(int, string)> numbers = [];
        for (int i = 0; i < words.Count; i++)
        {
            if (Value(words[i].Text) is not { } value)
                continue;

            if (words[i].Start is var at && at > 0 && text[at - 1] == '-' && (at == 1 || char.IsWhiteSpace(text[at - 2])))
                value = -value;
            decimal scale = i + 1 < words.Count ? Scale(words[i + 1].Text) : 1;
            numbers.Add((i, (value * scale).ToString("0.############", CultureInfo.InvariantCulture)));
        }

        return numbers;
    }

    private static decimal? Value(string word)
    {
        if (char.IsAsciiDigit(word[0]))
        {
            int digits = word.Length;
            while (char.IsAsciiLetter(word[digits - 1]))
                digits--;
            // Digits with a unit, as in 120ms, are a number; digits inside an identifier are not.
            if (word.Length - digits > 3 || word.Length > 24)
                return null;
            string plain = word[..digits].Replace(",", "", StringComparison.Ordinal);
            return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;
        }

        int numeral = WordLists.Numeral(word);
        return numeral > 1 ? numeral : null;
    }

    private static decimal Scale(string word) => word.ToLowerInvariant() switch
    {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => 1,
    };
}
