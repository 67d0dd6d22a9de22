using System.Globalization;

namespace Rlm.Files.Sheets;

/// <summary>Writes the number of a cell as what it means.</summary>
internal static class CellNumber
{
    private const double LastDay = 2_958_466;
    private const int DaysTo1904 = 1462;
    private const long MsOfDay = 24 * 60 * 60 * 1000;
    private const double ExactIntegers = 9_007_199_254_740_992;

    /// <param name="text">The number, as the file has it.</param>
    /// <param name="format">The format of the cell.</param>
    /// <param name="is1904">Whether days count from 1904.</param>
    public static string Write(string text, CellFormat format, bool is1904)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return text;

        return format.Kind switch
        {
            CellFormatKind.Number => Write(number),
            CellFormatKind.Code => WriteCode(number, format.Pattern),
            CellFormatKind.Duration => WriteDuration(number),
            _ => WriteDay(number, format.Kind, is1904),
        };
    }

    /// <summary>With 15 digits, all that a spreadsheet shows; whole numbers as they are, as long as they are exact.</summary>
    private static string Write(double number)
    {
        if (Math.Abs(number) < ExactIntegers && Math.Floor(number) == number)
            return ((long)number).ToString(CultureInfo.InvariantCulture);

        string text = number.ToString("G15", CultureInfo.InvariantCulture);
        return !text.Contains('E', StringComparison.Ordinal) ? text
            : Math.Abs(number) is >= 1e-15 and < 1e21
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal plain)
                ? plain.ToString("0.#############################", CultureInfo.InvariantCulture)
            : text.ToLowerInvariant();
    }

    private static string WriteCode(double number, string pattern)
    {
        int places = pattern.Count(c => c == '\0');
        string digits = number is >= 0 and < 1e15 && Math.Floor(number) == number
            ? ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(places, '0') : "";
        if (digits.Length == 0)
            return Write(number);

        // What is longer than the pattern stands at its first place.
        var text = new System.Text.StringBuilder();
        int at = 0;
        foreach (char sign in pattern)
        {
            if (sign != '\0')
            {
                text.Append(sign);
                continue;
            }

            int count = at == 0 ? digits.Length - places + 1 : 1;
            text.Append(digits, at, count);
            at += count;
        }

        return text.ToString();
    }

    private static string WriteDuration(double number)
    {
        if (Math.Abs(number) > LastDay)
            return Write(number);

        long ms = (long)Math.Round(Math.Abs(number) * MsOfDay);
        return (number < 0 && ms > 0 ? "-" : "") + Invariant($"{ms / 3_600_000}") + WriteTime(ms)[2..];
    }

    private static string WriteDay(double number, CellFormatKind kind, bool is1904)
    {
        // Nothing stands for such days; a spreadsheet shows signs only.
        if (number is < 0 or >= LastDay)
            return Write(number);

        long ms = (long)Math.Round(number * MsOfDay);
        long day = ms / MsOfDay;
        if (day + (is1904 ? DaysTo1904 : 0) >= LastDay)
            return Write(number);

        ms %= MsOfDay;
        string time = WriteTime(ms);
        if (day == 0 && !is1904)
            return time;
        if (day == 0 && kind == CellFormatKind.Time)
            return time;

        string date = DateOf(day, is1904);
        return kind == CellFormatKind.Date && ms == 0 ? date : $"{date} {time}";
    }

    /// <summary>The days before 1 March 1900 count a 29 February that there was not.</summary>
    private static string DateOf(long day, bool is1904)
    {
        if (!is1904 && day == 60)
            return "1900-02-29";

        var start = is1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, day < 60 ? 31 : 30);
        return start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string WriteTime(long ms)
    {
        string time = Invariant($"{ms / 3_600_000 % 24:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}");
        return ms % 1000 == 0 ? time : time + Invariant($".{ms % 1000:000}");
    }
}
