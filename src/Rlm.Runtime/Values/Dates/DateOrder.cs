namespace Rlm.Runtime.Values.Dates;

/// <summary>The orders that the parts of a numeric date may stand in.</summary>
[Flags]
internal enum DateOrder
{
    /// <summary>No order: it is not known, or makes no difference.</summary>
    None = 0,

    /// <summary>Month, day, year: <c>12/31/2026</c>.</summary>
    MonthFirst = 1,

    /// <summary>Day, month, year: <c>31/12/2026</c>.</summary>
    DayFirst = 2,

    /// <summary>Year, month, day, where the year has two digits: <c>26/12/31</c>.</summary>
    YearFirst = 4,
}
