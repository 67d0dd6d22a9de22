using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A unit of the calendar, by whose starts dates are put into bins.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Least">How much a date must say to have such a start.</param>
/// <param name="StartOf">The start of the unit that a time is in.</param>
/// <param name="Next">The start after a start.</param>
internal sealed record CalendarUnit(string Name, DatePrecision Least, Func<DateTime, DateTime> StartOf, Func<DateTime, DateTime> Next)
{
    public static IReadOnlyList<CalendarUnit> All { get; } =
    [
        new("minute", DatePrecision.Time, time => Floor(time, TimeSpan.TicksPerMinute), start => start.AddMinutes(1)),
        new("hour", DatePrecision.Time, time => Floor(time, TimeSpan.TicksPerHour), start => start.AddHours(1)),
        new("day", DatePrecision.Day, time => time.Date, start => start.AddDays(1)),
        new("week", DatePrecision.Day, time => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)), start => start.AddDays(7)),
        new("month", DatePrecision.Month, time => new DateTime(time.Year, time.Month, 1), start => start.AddMonths(1)),
        new("quarter", DatePrecision.Month, time => new DateTime(time.Year, time.Month - ((time.Month - 1) % 3), 1), start => start.AddMonths(3)),
        new("year", DatePrecision.Year, time => new DateTime(time.Year, 1, 1), start => start.AddYears(1)),
    ];

    public static CalendarUnit? Find(string name) => All.FirstOrDefault(unit => unit.Name == name);

    private static DateTime Floor(DateTime time, long ticks) => time.AddTicks(-(time.Ticks % ticks));
}
