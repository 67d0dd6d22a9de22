namespace Rlm.Runtime.Values.Dates;

/// <summary>How much of a point in time there is.</summary>
internal enum DatePrecision : byte
{
    /// <summary>A year.</summary>
    Year,

    /// <summary>A month of a year.</summary>
    Month,

    /// <summary>A day, with no time.</summary>
    Day,

    /// <summary>A day and a time of day.</summary>
    Time,

    /// <summary>A time of day, of no day.</summary>
    Clock,
}
