namespace Rlm.Dsl.Formats;

/// <summary>What a part of a <see cref="DatePattern"/> stands for.</summary>
internal enum DateField
{
    /// <summary>A text that stands for itself.</summary>
    Literal,

    Year,

    /// <summary>The year's last two digits.</summary>
    YearOfCentury,

    Century,

    /// <summary>The year of the ISO week.</summary>
    IsoYear,

    /// <summary>Its last two digits.</summary>
    IsoYearOfCentury,

    Quarter,

    Month,

    MonthName,

    /// <summary>The first three letters of the month's name.</summary>
    MonthAbbreviation,

    Day,

    /// <summary>The day with its English ending: <c>1st</c>.</summary>
    OrdinalDay,

    DayOfYear,

    IsoWeek,

    /// <summary>The week of the year, from the first Sunday on; 0 before it.</summary>
    SundayWeek,

    /// <summary>The week of the year, from the first Monday on; 0 before it.</summary>
    MondayWeek,

    WeekdayName,

    /// <summary>The first three letters of the weekday's name.</summary>
    WeekdayAbbreviation,

    /// <summary>1 Monday to 7 Sunday.</summary>
    WeekdayFromMonday,

    /// <summary>0 Sunday to 6 Saturday.</summary>
    WeekdayFromSunday,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>1 to 12.</summary>
    Hour12,

    Minute,

    Second,

    /// <summary>The digits behind the second's point, as many as the part's width.</summary>
    Fraction,

    /// <summary>AM or PM.</summary>
    HalfDay,

    /// <summary>The offset from UTC in the form that the part's text shows.</summary>
    Offset,

    /// <summary>The offset's name: UTC, or UTC and the offset.</summary>
    ZoneName,

    /// <summary>Seconds since 1970 in UTC. As it is read, by its size also milli-, micro- and nanoseconds.</summary>
    Epoch,

    /// <summary>Milliseconds since 1970 in UTC.</summary>
    EpochMilliseconds,
}
