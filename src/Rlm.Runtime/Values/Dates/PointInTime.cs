using System.Globalization;

namespace Rlm.Runtime.Values.Dates;

/// <summary>
/// A date, a time or a clock time as it was written: what its own clock shows, and how far that is from UTC. Parts of it are those of its
/// clock; comparing goes by the instant, or by what both have: days beside a bare date, the time of day beside a clock time.
/// </summary>
/// <param name="Clock">What the clock shows; of a clock time the time on the first day of the calendar.</param>
/// <param name="Precision">How much of it was said.</param>
/// <param name="Offset">The clock's distance from UTC; null where it is not known, which counts as none.</param>
internal readonly record struct PointInTime(DateTime Clock, DatePrecision Precision, TimeSpan? Offset = null)
{
    /// <summary>What was guessed of it.</summary>
    public DateGuess Guess { get; init; }

    /// <summary>The instant in UTC.</summary>
    public DateTime Instant => Offset is { } offset
        ? new DateTime(Math.Clamp(Clock.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks))
        : Clock;

    /// <summary>Whether it is a day, month or year without a time.</summary>
    public bool IsBare => Precision < DatePrecision.Time;

    public bool IsClockTime => Precision == DatePrecision.Clock;

    public static PointInTime OfDay(DateTime day) => new(day.Date, DatePrecision.Day);

    public static PointInTime OfTime(DateTime clock, TimeSpan? offset = null) => new(clock, DatePrecision.Time, offset);

    public static PointInTime OfClock(TimeSpan time) => new(DateTime.MinValue + time, DatePrecision.Clock);

    /// <summary>
    /// The order that <c>&lt;</c> and <c>==</c> mean: of instants, of days, months or years where one is no more, of times of day where one
    /// is a clock time; null for a clock time and a day.
    /// </summary>
    public static int? Compare(PointInTime left, PointInTime right)
    {
        if (left.IsClockTime || right.IsClockTime)
            return left.IsBare || right.IsBare ? null : left.Clock.TimeOfDay.CompareTo(right.Clock.TimeOfDay);

        if (!left.IsBare && !right.IsBare)
            return left.Instant.CompareTo(right.Instant);

        var shared = left.Precision < right.Precision ? left.Precision : right.Precision;
        return left.StartOf(shared).CompareTo(right.StartOf(shared));
    }

    /// <summary>The order that sorts: by the instant alone, so that it is one order for all.</summary>
    public static int Order(PointInTime left, PointInTime right) => left.Instant.CompareTo(right.Instant);

    /// <summary>Whether both are one key of a group: what their clocks show, and where they stand.</summary>
    public static bool AreSame(PointInTime left, PointInTime right) =>
        left.Clock == right.Clock && left.Offset == right.Offset && left.IsClockTime == right.IsClockTime;

    /// <summary>The hash of it as a key.</summary>
    public int KeyHash() => Clock.GetHashCode();

    /// <summary>
    /// The time from one to the other: between instants, by the clock where one is a bare date; null for a clock time and a date.
    /// </summary>
    public static TimeSpan? Difference(PointInTime left, PointInTime right) =>
        left.IsClockTime != right.IsClockTime ? null
        : left.IsBare || right.IsBare ? left.Clock - right.Clock
        : left.Instant - right.Instant;

    /// <summary>The point that much later; whole days leave a bare date one.</summary>
    public PointInTime Add(TimeSpan duration) => IsBare && duration.Ticks % TimeSpan.TicksPerDay == 0
        ? this with { Clock = Clock + duration, Precision = DatePrecision.Day }
        : IsClockTime ? this with { Clock = Clock + duration }
        : this with { Clock = Clock + duration, Precision = DatePrecision.Time };

    /// <summary>
    /// ISO 8601 as people write it: a blank before the time, no seconds where there are none, the offset where one is known.
    /// </summary>
    public override string ToString() => Iso(' ', isShort: true);

    /// <summary>ISO 8601 as machines read it: <c>2026-03-01T09:05:07.25+02:00</c>.</summary>
    public string ToIso() => Iso('T', isShort: false);

    private string Iso(char separator, bool isShort)
    {
        string day = Precision switch
        {
            DatePrecision.Year => Clock.ToString("yyyy", CultureInfo.InvariantCulture),
            DatePrecision.Month => Clock.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            DatePrecision.Clock => "",
            _ => Clock.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (IsBare || (isShort && Clock.TimeOfDay == TimeSpan.Zero && Offset is null && !IsClockTime))
            return day;

        string time = Clock.ToString(
            isShort && Clock.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return $"{day}{(IsClockTime ? "" : separator)}{time}{OffsetText()}";
    }

    private string OffsetText() => Offset is not { } offset ? ""
        : offset == TimeSpan.Zero ? "Z"
        : Invariant($"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");

    private DateTime StartOf(DatePrecision precision) => precision switch
    {
        DatePrecision.Year => new DateTime(Clock.Year, 1, 1),
        DatePrecision.Month => new DateTime(Clock.Year, Clock.Month, 1),
        _ => Clock.Date,
    };
}
