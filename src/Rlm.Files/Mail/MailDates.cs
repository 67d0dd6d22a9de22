using System.Globalization;

namespace Rlm.Files.Mail;

/// <summary>Reads when a mail was sent (RFC 5322, with its obsolete forms; that of C and ISO 8601), or nothing: it never guesses a day.</summary>
internal static class MailDates
{
    private const int LastYearOfThisCentury = 49;

    private static readonly char[] Blanks = [' ', '\t', ',', '\r', '\n'];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Hours from UTC; a name that is not here counts as UTC, as the standard has it.</summary>
    private static readonly Dictionary<string, double> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["AKST"] = -9,
        ["AKDT"] = -8,
        ["HST"] = -10,
        ["WET"] = 0,
        ["WEST"] = 1,
        ["CET"] = 1,
        ["MET"] = 1,
        ["MEZ"] = 1,
        ["CEST"] = 2,
        ["MEST"] = 2,
        ["MESZ"] = 2,
        ["EET"] = 2,
        ["EEST"] = 3,
        ["MSK"] = 3,
        ["SAST"] = 2,
        ["JST"] = 9,
        ["KST"] = 9,
        ["AEST"] = 10,
        ["AEDT"] = 11,
        ["NZST"] = 12,
        ["NZDT"] = 13,
    };

    /// <summary>The time that a header says; null where it says none, or one that there is not.</summary>
    public static DateTimeOffset? Read(string text)
    {
        string[] words = MimeValue.RemoveComments(text).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words[0].Length >= 10 && words[0][4..].StartsWith('-'))
            return ReadIso(words);
        if (words.Length > 0 && words[0].AsSpan().IndexOfAnyInRange('0', '9') < 0 && MonthOf(words[0]) == 0)
            words = words[1..];
        if (words.Length > 0 && words[0].Split('-') is { Length: 3 } parts)
            words = [.. parts, .. words[1..]];
        return words switch
        {
            [var day, var month, var year, var time, ..] when MonthOf(month) > 0 =>
                Make(YearOf(year), MonthOf(month), NumberOf(day, 2), time, words.Length > 4 ? words[4] : ""),
            [var month, var day, var time, var year] when MonthOf(month) > 0 =>
                Make(YearOf(year), MonthOf(month), NumberOf(day, 2), time, ""),
            [var month, var day, var time, var zone, var year, ..] when MonthOf(month) > 0 && year.Length == 4 && char.IsAsciiDigit(year[0]) =>
                Make(YearOf(year), MonthOf(month), NumberOf(day, 2), time, zone),
            [var month, var day, var time, var year, var zone, ..] when MonthOf(month) > 0 =>
                Make(YearOf(year), MonthOf(month), NumberOf(day, 2), time, zone),
            _ => null,
        };
    }

    private static DateTimeOffset? ReadIso(string[] words)
    {
        // https://www.rfc-editor.org/rfc/rfc3339: the time stands behind a T or a blank.
        string date = words[0].Length == 10 && words.Length > 1 ? $"{words[0]}T{string.Concat(words.Skip(1))}" : words[0] + string.Concat(words.Skip(1));
        if (date.Length < 16 || date[10] is not ('T' or 't') || date[..10].Split('-') is not [var year, var month, var day])
            return null;
        string time = date[11..];
        int zone = time.AsSpan().IndexOfAny("Zz+-");
        return year.Length != 4 ? null
            : Make(NumberOf(year, 4), NumberOf(month, 2), NumberOf(day, 2), zone < 0 ? time : time[..zone], zone < 0 ? "" : time[zone..]);
    }

    private static DateTimeOffset? Make(int year, int month, int day, string time, string zone)
    {
        if (TimeOf(time) is not { } clock || OffsetOf(zone) is not { } offset || year is < 1 or > 9999 || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;

        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + clock;
        long ticks = local.Ticks - offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, offset);
    }

    private static TimeSpan? TimeOf(string time)
    {
        string[] parts = time.Split(time.Contains(':', StringComparison.Ordinal) ? ':' : '.');
        if (parts.Length is < 2 or > 3)
            return null;

        int hour = NumberOf(parts[0], 2), minute = NumberOf(parts[1], 2);
        // A fraction is none of the standard; a leap second is the last one of its minute here.
        int second = parts.Length == 3 ? NumberOf(parts[2].Split('.')[0], 2) : 0;
        return hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60
            ? null
            : new TimeSpan(hour, minute, Math.Min(second, 59));
    }

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is ['+' or '-', ..])
        {
            string digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
            int number = NumberOf(digits, 4);
            if (digits.Length is not (2 or 4) || number < 0)
                return null;

            var offset = new TimeSpan(digits.Length == 2 ? number : number / 100, digits.Length == 2 ? 0 : number % 100, 0);
            return number % 100 > 59 || offset > TimeSpan.FromHours(14) ? null : zone[0] == '-' ? -offset : offset;
        }

        return TimeSpan.FromHours(Zones.GetValueOrDefault(zone));
    }

    /// <summary>The month that a name is of, from 1; 0 where it is none.</summary>
    private static int MonthOf(string name)
    {
        name = name.TrimEnd('.').ToLowerInvariant();
        return name == "sept" ? 9 : Array.FindIndex(Months, month => month == name || name.Length == 3 && month.StartsWith(name, StringComparison.Ordinal)) + 1;
    }

    /// <summary>A year, of two digits within a hundred years (RFC 5322, section 4.3).</summary>
    private static int YearOf(string text) => NumberOf(text, 4) switch
    {
        < 0 => -1,
        var year when text.Length == 2 => year <= LastYearOfThisCentury ? 2000 + year : 1900 + year,
        var year when text.Length == 3 => 1900 + year,
        var year when text.Length == 4 => year,
        _ => -1,
    };

    private static int NumberOf(string text, int mostDigits) =>
        text.Length <= mostDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
