using System.Globalization;
using System.Text;
using Rlm.Dsl.Formats;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Rendering;

/// <summary>Writes dates and durations by a pattern, in English whatever the host's culture.</summary>
internal static class DateWriter
{
    private const int TickDigits = 7;

    /// <summary>
    /// The date as its own clock shows it; null where the pattern asks for more than there is of it: a day of a
    /// month, an hour of a day, a year of a clock time.
    /// </summary>
    public static string? Write(PointInTime point, DatePattern pattern)
    {
        if (point.IsClockTime ? pattern.HasDay : pattern.Parts.Any(part => IsFinerThan(part.Field, point.Precision)))
            return null;

        var text = new StringBuilder();
        foreach (var part in pattern.Parts)
            text.Append(part.IsNumber ? Number(part, point) : ApplyCase(part, Word(part, point)));
        return text.ToString();
    }

    /// <summary>
    /// The duration: the largest unit of the pattern takes all that is above it, and what is below the smallest is left out.
    /// </summary>
    public static string Write(TimeSpan duration, DatePattern pattern)
    {
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        var ticks = (long)Math.Min((ulong)long.MaxValue, duration == TimeSpan.MinValue ? long.MaxValue : (ulong)Math.Abs(duration.Ticks));
        long unit = pattern.Parts.Max(part => TicksOf(part.Field));
        foreach (var part in pattern.Parts)
        {
            long length = TicksOf(part.Field);
            text.Append(part.Field switch
            {
                DateField.Literal => part.Text,
                DateField.Fraction => Fraction(part, ticks),
                DateField.Epoch or DateField.EpochMilliseconds => Pad(part, ticks / length),
                _ => Pad(part, length == unit ? ticks / length : ticks % LengthAbove(part.Field) / length),
            });
        }

        return text.ToString();
    }

    private static long LengthAbove(DateField field) => field switch
    {
        DateField.Hour or DateField.Hour12 => TimeSpan.TicksPerDay,
        DateField.Minute => TimeSpan.TicksPerHour,
        _ => TimeSpan.TicksPerMinute,
    };

    private static long TicksOf(DateField field) => field switch
    {
        DateField.Day => TimeSpan.TicksPerDay,
        DateField.Hour or DateField.Hour12 => TimeSpan.TicksPerHour,
        DateField.Minute => TimeSpan.TicksPerMinute,
        DateField.Second or DateField.Epoch => TimeSpan.TicksPerSecond,
        DateField.EpochMilliseconds => TimeSpan.TicksPerMillisecond,
        _ => 0,
    };

    private static bool IsFinerThan(DateField field, DatePrecision precision) => precision switch
    {
        DatePrecision.Year => field is not (DateField.Literal or DateField.Year or DateField.YearOfCentury or DateField.Century),
        DatePrecision.Month => field is not (DateField.Literal or DateField.Year or DateField.YearOfCentury or DateField.Century
            or DateField.Quarter
            or DateField.Month or DateField.MonthName or DateField.MonthAbbreviation),
        DatePrecision.Day => field is DateField.Hour or DateField.Hour12 or DateField.Minute or DateField.Second or DateField.Fraction
            or DateField.HalfDay,
        _ => false,
    };

    private static string Number(DatePart part, PointInTime point)
    {
        var clock = point.Clock;
        int weekday = (int)clock.DayOfWeek;
        return part.Field switch
        {
            DateField.Fraction => Fraction(part, clock.Ticks),
            DateField.Epoch => Pad(part, DivideFloor(point.Instant, TimeSpan.TicksPerSecond)),
            DateField.EpochMilliseconds => Pad(part, DivideFloor(point.Instant, TimeSpan.TicksPerMillisecond)),
            var field => Pad(part, field switch
            {
                DateField.Year => clock.Year,
                DateField.YearOfCentury => clock.Year % 100,
                DateField.Century => clock.Year / 100,
                DateField.IsoYear => ISOWeek.GetYear(clock),
                DateField.IsoYearOfCentury => ISOWeek.GetYear(clock) % 100,
                DateField.Quarter => ((clock.Month - 1) / 3) + 1,
                DateField.Month => clock.Month,
                DateField.Day => clock.Day,
                DateField.DayOfYear => clock.DayOfYear,
                DateField.IsoWeek => ISOWeek.GetWeekOfYear(clock),
                DateField.SundayWeek => (clock.DayOfYear + 6 - weekday) / 7,
                DateField.MondayWeek => (clock.DayOfYear + 6 - ((weekday + 6) % 7)) / 7,
                DateField.WeekdayFromMonday => weekday == 0 ? 7 : weekday,
                DateField.WeekdayFromSunday => weekday,
                DateField.Hour => clock.Hour,
                DateField.Hour12 => clock.Hour % 12 == 0 ? 12 : clock.Hour % 12,
                DateField.Minute => clock.Minute,
                DateField.Second => clock.Second,
                _ => throw new InvalidOperationException($"No number for {field}."),
            }),
        };
    }

    private static long DivideFloor(DateTime instant, long ticks) =>
        (long)Math.Floor((decimal)(instant.Ticks - DateTime.UnixEpoch.Ticks) / ticks);

    private static string Pad(DatePart part, long number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(part.Width, part.Fill);

    private static string Fraction(DatePart part, long ticks)
    {
        string digits = (ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture);
        digits = part.Width > TickDigits ? digits.PadRight(part.Width, '0') : digits[..part.Width];
        if (!part.IsTrimmed)
            return digits;

        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? "" : part.Text + digits;
    }

    private static string Word(DatePart part, PointInTime point)
    {
        var clock = point.Clock;
        string weekday = DateNames.Weekdays[((int)clock.DayOfWeek + 6) % 7];
        return part.Field switch
        {
            DateField.Literal => part.Text,
            DateField.MonthName => DateNames.Months[clock.Month - 1],
            DateField.MonthAbbreviation => DateNames.Months[clock.Month - 1][..3],
            DateField.WeekdayName => weekday,
            DateField.WeekdayAbbreviation => weekday[..3],
            DateField.OrdinalDay => clock.Day.ToString(CultureInfo.InvariantCulture) + OrdinalSuffix(clock.Day),
            DateField.HalfDay => (clock.Hour < 12 ? "AM" : "PM")[..part.Width],
            DateField.Offset => Offset(part.Text, point.Offset),
            DateField.ZoneName => point.Offset is { } offset ? offset == TimeSpan.Zero ? "UTC" : "UTC" + Offset("+HH:mm", offset) : "",
            _ => throw new InvalidOperationException($"No word for {part.Field}."),
        };
    }

    private static string OrdinalSuffix(int day) => (day % 10, day / 10 == 1) switch
    {
        (1, false) => "st",
        (2, false) => "nd",
        (3, false) => "rd",
        _ => "th",
    };

    /// <summary>An offset that is not known is nothing, but for <c>Z</c>, which says UTC.</summary>
    private static string Offset(string form, TimeSpan? known)
    {
        if (known is not { } offset)
            return form == "Z" ? "Z" : "";
        if (form is "Z" or "K" && offset == TimeSpan.Zero)
            return "Z";

        string sign = offset < TimeSpan.Zero ? "-" : "+";
        string hours = offset.ToString(
            form == "+H" ? "%h" : "hh", CultureInfo.InvariantCulture), minutes = offset.ToString("mm", CultureInfo.InvariantCulture);
        return form switch
        {
            "+H" or "+HH" => sign + hours,
            "+HHmm" => sign + hours + minutes,
            _ => $"{sign}{hours}:{minutes}",
        };
    }

    private static string ApplyCase(DatePart part, string word) =>
        part.IsUpper ? word.ToUpperInvariant() : part.IsLower ? word.ToLowerInvariant() : word;
}
