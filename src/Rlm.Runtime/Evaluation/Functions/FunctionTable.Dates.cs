using System.Globalization;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Functions;

internal static partial class FunctionTable
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
        new("date", call => OrNone(call.Find(1) is null ? call.Date(0) : DateIn(call))),
        DayPart("year", DatePrecision.Year, time => time.Year),
        DayPart("quarter", DatePrecision.Month, Quarter),
        DayPart("month", DatePrecision.Month, time => time.Month),
        DayPart("week", DatePrecision.Day, ISOWeek.GetWeekOfYear),
        DayPart("day", DatePrecision.Day, time => time.Day),
        DayPart("weekday", DatePrecision.Day, Weekday),
        TimePart("hour", time => time.Hour),
        TimePart("minute", time => time.Minute),
        new("bin", Bin),
    ];

    /// <summary>A text, or a number, read as a date by a format.</summary>
    private static DateValue? DateIn(FunctionCall call)
    {
        if (call.Value(0) is DateValue date || call.Text(1) is not { } format)
            return call.Date(0);
        if (call.Text(0) is not { } text)
            return null;

        string written = text.ToString().Trim();
        var formats = ValueFormats.Of(format.ToString());
        if (formats.Read(written, call) is { } point)
        {
            call.Evaluation.CountGuess(point.Guess);
            return new DateValue(point, formats.Date!.IsEpoch ? null : written);
        }

        call.Evaluation.Tallies.Count("text", $"given to `{call.Name}` could not be read as a date by its format and counted as none");
        return null;
    }

    /// <summary>A part of the calendar; none, and counted, of a clock time or a month that has no such.</summary>
    private static KeyValuePair<string, Func<FunctionCall, Value>> DayPart(
        string name, DatePrecision least, Func<DateTime, int> part) => new(name, call =>
    {
        if (call.Date(0) is not { Point: var point })
            return NoneValue.Instance;
        if (!point.IsClockTime && point.Precision >= least)
            return OfNumber(part(point.Clock));

        call.Evaluation.Tallies.Count("date", $"of no day or month has no {name} and counted as none");
        return NoneValue.Instance;
    });

    private static KeyValuePair<string, Func<FunctionCall, Value>> TimePart(string name, Func<DateTime, int> part) =>
        new(name, call => OrNone(call.Date(0) is { } date ? OfNumber(part(date.Clock)) : null));

    private static int Quarter(DateTime time) => ((time.Month - 1) / 3) + 1;

    private static int Weekday(DateTime time) => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek;

    private static Value Bin(FunctionCall call) => call.Value(1) switch
    {
        NumberValue { Number.InDecimal: > 0 and var width } =>
            OrNone(call.Number(0) is { InDecimal: var number } ? OfNumber(Math.Floor(number / width) * width) : null),
        DurationValue { Duration.Ticks: > 0 } width => BinBy(call, width.Duration.Ticks),
        TextValue unit when CalendarUnits.TryGetValue(unit.ToString(), out var start) =>
            OrNone(call.Date(0) is { } date
                ? BinOf(date.Point, start(date.Clock), isWholeDays: unit.ToString() is not ("minute" or "hour"))
                : null),
        _ => throw call.Error(
            "`bin` takes a width above 0, a duration, or a calendar unit",
            $"write `bin(x, 10)`, `bin(time, 1h)`, or one of {string.Join(", ", CalendarUnits.Keys.Select(unit => $"\"{unit}\""))}"),
    };

    // The first day of the calendar is a Monday, so bins of whole weeks start on Mondays.
    private static Value BinBy(FunctionCall call, long ticks) => call.Value(0) is DurationValue { Duration: var duration }
        ? new DurationValue(new TimeSpan((long)(Math.Floor((decimal)duration.Ticks / ticks) * ticks)))
        : OrNone(call.Date(0) is { } date
            ? BinOf(date.Point, date.Clock.AddTicks(-(date.Clock.Ticks % ticks)), ticks % TimeSpan.TicksPerDay == 0)
            : null);

    /// <summary>
    /// The start of a bin on the date's own clock. Bins of whole days are bare dates, so that clocks of several offsets share them.
    /// </summary>
    private static DateValue BinOf(PointInTime point, DateTime start, bool isWholeDays) =>
        new(point.IsClockTime || !isWholeDays
            ? point with { Clock = start, Precision = point.IsClockTime ? DatePrecision.Clock : DatePrecision.Time, Guess = DateGuess.None }
            : PointInTime.OfDay(start));
}
