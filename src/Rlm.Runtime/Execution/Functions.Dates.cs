using System.Globalization;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

internal static partial class Functions
{
    private static readonly Dictionary<string, Func<DateTime, DateTime>> CalendarUnits = new(StringComparer.Ordinal)
    {
        ["minute"] = time => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute)),
        ["hour"] = time => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour)),
        ["day"] = time => time.Date,
        ["week"] = time => time.Date.AddDays(1 - Weekday(time)),
        ["month"] = time => new DateTime(time.Year, time.Month, 1),
        ["quarter"] = time => new DateTime(time.Year, ((Quarter(time) - 1) * 3) + 1, 1),
        ["year"] = time => new DateTime(time.Year, 1, 1),
    };

    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfDates =>
    [
        new("date", call => OrNone(call.Date(0))),
        Part("year", time => time.Year),
        Part("quarter", Quarter),
        Part("month", time => time.Month),
        Part("week", ISOWeek.GetWeekOfYear),
        Part("day", time => time.Day),
        Part("weekday", Weekday),
        Part("hour", time => time.Hour),
        Part("minute", time => time.Minute),
        new("bin", Binned),
    ];

    private static KeyValuePair<string, Func<FunctionCall, Value>> Part(string name, Func<DateTime, int> part) =>
        new(name, call => OrNone(call.Date(0) is { } date ? OfNumber(part(date.Time)) : null));

    private static int Quarter(DateTime time) => ((time.Month - 1) / 3) + 1;

    private static int Weekday(DateTime time) => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek;

    private static Value Binned(FunctionCall call) => call.Value(1) switch
    {
        NumberValue { Number.InDecimal: > 0 and var width } => OrNone(call.Number(0) is { InDecimal: var number } ? OfNumber(Math.Floor(number / width) * width) : null),
        DurationValue { Duration.Ticks: > 0 } width => BinnedBy(call, width.Duration.Ticks),
        TextValue unit when CalendarUnits.TryGetValue(unit.ToString(), out var start) =>
            OrNone(call.Date(0) is { } date ? new DateValue(start(date.Time)) : null),
        _ => throw call.Error(
            "`bin` takes a width above 0, a duration, or a calendar unit",
            $"write `bin(x, 10)`, `bin(time, 1h)`, or one of {string.Join(", ", CalendarUnits.Keys.Select(unit => $"\"{unit}\""))}"),
    };

    // The first day of the calendar is a Monday, so bins of whole weeks start on Mondays.
    private static Value BinnedBy(FunctionCall call, long ticks) => call.Value(0) is DurationValue { Duration: var duration }
        ? new DurationValue(new TimeSpan((long)(Math.Floor((decimal)duration.Ticks / ticks) * ticks)))
        : OrNone(call.Date(0) is { } date ? new DateValue(date.Time.AddTicks(-(date.Time.Ticks % ticks))) : null);
}
