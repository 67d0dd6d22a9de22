using System.Globalization;

namespace Rlm.Offline.Reading;

/// <summary>Finds dates and gives them in ISO form: 2024-03-12, 12 March 2024, March 12, 2024, 3/12/2024, March 2024.</summary>
/// <remarks>
/// Slashes are month first unless the first number is above twelve. A month and year alone stand for the first of the month.
/// </remarks>
internal static class DateReader
{
    public static List<(int WordIndex, string Date)> Read(string text, IReadOnlyList<Word> words)
    {
        List<(int, string)> dates = [];
        for (int i = 0; i < words.Count; i++)
        {
            (string? date, int last) = ReadAt(text, words, i);
            if (date is null)
                continue;

            dates.Add((i, date));
            i = last;
        }

        return dates;
    }

    private static (string? Date, int Last) ReadAt(string text, IReadOnlyList<Word> words, int i)
    {
        int month = WordLists.Month(words[i].Text);
        int next = i + 1 < words.Count ? ReadNumber(words[i + 1]) : -1;
        int afterNext = i + 2 < words.Count ? ReadNumber(words[i + 2]) : -1;
        if (month > 0)
        {
            if (IsYear(next))
                return (Iso(next, month, 1), i + 1);
            return IsYear(afterNext) ? (Iso(afterNext, month, next), i + 2) : (null, i);
        }

        int number = ReadNumber(words[i]);
        if (number < 0 || i + 2 >= words.Count)
            return (null, i);

        int wordMonth = WordLists.Month(words[i + 1].Text);
        if (wordMonth > 0 && IsYear(afterNext))
            return (Iso(afterNext, wordMonth, number), i + 2);
        if (IsYear(number) && CharBetween(text, words[i], words[i + 1]) is '-' or '/' or '.')
            return (Iso(number, next, ReadLeading(words[i + 2])), i + 2);
        if (IsYear(afterNext) && CharBetween(text, words[i], words[i + 1]) is '/' or '.' or '-')
            return number > 12 || text[words[i].End] == '.' ? (Iso(afterNext, next, number), i + 2) : (Iso(afterNext, number, next), i + 2);
        return (null, i);
    }

    private static char CharBetween(string text, Word left, Word right) => right.Start - left.End == 1 ? text[left.End] : '\0';

    private static bool IsYear(int number) => number is >= 1000 and <= 2999;

    private static int ReadLeading(Word word)
    {
        int t = word.Text.IndexOf('T', StringComparison.Ordinal);
        return t > 0 ? WordLists.Numeral(word.Text[..t]) : ReadNumber(word);
    }

    private static int ReadNumber(Word word)
    {
        string text = word.Text;
        if (text.Length > 2 && text.Length <= 4 && char.IsAsciiDigit(text[0]) && char.IsAsciiLetter(text[^1]))
            text = text[..^2];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }

    private static string? Iso(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? Invariant($"{year:0000}-{month:00}-{day:00}")
            : null;
}
