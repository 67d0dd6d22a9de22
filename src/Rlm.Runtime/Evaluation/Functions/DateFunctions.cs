using System.Globalization;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using static Rlm.Runtime.Evaluation.Functions.FunctionTable;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>The functions of dates, by name.</summary>
internal static class DateFunctions
{
    public static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> All =>
    [
        new("date", call => OrNone(call.Find(1) is null ? call.Date(0) : DateIn(call))),
        new("today", call => OrNone(call.Evaluation.Clock is { } clock ? new DateValue(PointInTime.OfDay(clock.Date)) : null)),
        new("now", call => OrNone(call.Evaluation.Clock is { } clock
            ? new DateValue(PointInTime.OfTime(new DateTime(clock.Ticks - (clock.Ticks % TimeSpan.TicksPerSecond)), clock.Offset)) : null)),
        Part("year", DatePrecision.Year, time => OfNumber(time.Year)),
        Part("quarter", DatePrecision.Month, time => OfNumber(Quarter(time))),
        Part("month", DatePrecision.Month, time => OfNumber(time.Month)),
        Named("month_name", DatePrecision.Month, DateNames.Months, time => time.Month),
        Part("week", DatePrecision.Day, time => OfNumber(ISOWeek.GetWeekOfYear(time))),
        Part("day", DatePrecision.Day, time => OfNumber(time.Day)),
        Part("weekday", DatePrecision.Day, time => OfNumber(Weekday(time))),
        Named("day_name", DatePrecision.Day, DateNames.Weekdays, Weekday),
        Part("hour", DatePrecision.Time, time => OfNumber(time.Hour)),
        Part("minute", DatePrecision.Time, time => OfNumber(time.Minute)),
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

    /// <summary>A part of a date; none of one that does not say so much, since what it would be is made up.</summary>
    private static KeyValuePair<string, Func<FunctionCall, Value>> Part(string name, DatePrecision least, Func<DateTime, Value> part) =>
        new(name, call => OrNone(DateOf(call, least) is { } date ? part(date.Clock) : null));

    /// <summary>The name of a part of a date, or of its number from 1.</summary>
    private static KeyValuePair<string, Func<FunctionCall, Value>> Named(string name, DatePrecision least, IReadOnlyList<string> names, Func<DateTime, int> part) =>
        new(name, call => call.Value(0) is NumberValue { Number.InDecimal: var number }
            ? number >= 1 && number <= names.Count && number == decimal.Truncate(number)
                ? new TextValue(names[(int)number - 1])
                : throw call.Error(Invariant($"`{name}` takes a date or a number from 1 to {names.Count}, and this is {number}"))
            : OrNone(DateOf(call, least) is { } date ? new TextValue(names[part(date.Clock) - 1]) : null));

    /// <summary>The date that a function is called with; null, and lost, where it says less than is asked of it.</summary>
    private static DateValue? DateOf(FunctionCall call, DatePrecision least)
    {
        if (call.Date(0) is not { Point: var point } date)
            return null;
        if (least == DatePrecision.Time ? !point.IsBare : !point.IsClockTime && point.Precision >= least)
            return date;

        string lacking = least switch
        {
            DatePrecision.Time => "time of day",
            DatePrecision.Day => "day",
            DatePrecision.Month => "month",
            _ => "year",
        };
        call.Evaluation.Tallies.Lose(
            "date",
            $"{{has|have}} no {lacking}, so that `{call.Name}` of {{it|them}} is none",
            $"leave them out before: `where {call.Name}(…) != none`",
            call.Value(0));
        return null;
    }

    private static int Quarter(DateTime time) => ((time.Month - 1) / 3) + 1;

    private static int Weekday(DateTime time) => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek;

    private static Value Bin(FunctionCall call) => call.Value(1) switch
    {
        NumberValue { Number.InDecimal: > 0 and var width } =>
            OrNone(call.Number(0) is { InDecimal: var number } ? OfNumber(Math.Floor(number / width) * width) : null),
        DurationValue { Duration.Ticks: > 0 } width => BinBy(call, width.Duration.Ticks),
        TextValue text when CalendarUnit.Find(text.ToString()) is { } unit => OrNone(DateOf(call, unit.Least) is { } date
            ? BinOf(date.Point, unit.StartOf(date.Clock), unit.Least != DatePrecision.Time)
            : null),
        _ => throw call.Error(
            "`bin` takes a width above 0, a duration, or a calendar unit",
            $"write `bin(x, 10)`, `bin(time, 1h)`, or one of {string.Join(", ", CalendarUnit.All.Select(unit => $"\"{unit.Name}\""))}"),
    };

    // The first day of the calendar is a Monday, so bins of whole weeks start on Mondays.
    private static Value BinBy(FunctionCall call, long ticks)
    {
        if (call.Value(0) is DurationValue { Duration: var duration })
            return new DurationValue(new TimeSpan((long)(Math.Floor((decimal)duration.Ticks / ticks) * ticks)));

        bool isWholeDays = ticks % TimeSpan.TicksPerDay == 0;
        return OrNone(DateOf(call, isWholeDays ? DatePrecision.Day : DatePrecision.Time) is { } date
            ? BinOf(date.Point, date.Clock.AddTicks(-(date.Clock.Ticks % ticks)), isWholeDays)
            : null);
    }

    /// <summary>
    /// The start of a bin on the date's own clock. Bins of whole days are bare dates, so that clocks of several offsets share them.
    /// </summary>
    private static DateValue BinOf(PointInTime point, DateTime start, bool isWholeDays) =>
        new(!isWholeDays
            ? point with { Clock = start, Precision = point.IsClockTime ? DatePrecision.Clock : DatePrecision.Time, Guess = DateGuess.None }
            : PointInTime.OfDay(start));
}
