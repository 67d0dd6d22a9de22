namespace Rlm.Runtime.Values.Dates;

/// <summary>
/// How the dates of a column that have no year follow each other. Where they go forward, the last of them is the latest there is, and every
/// other one is the last such day before it; a fall by more than half a year is a new year.
/// </summary>
internal sealed class YearlessDates
{
    private static readonly TimeSpan HalfYear = TimeSpan.FromDays(183);

    // Lines of several writers may come a little late.
    private static readonly TimeSpan Disorder = TimeSpan.FromDays(1);

    private PointInTime? _first;
    private PointInTime? _last;
    private bool _isForward = true;
    private int _newYears;
    private int? _newYearsBeforeLeapDay;

    /// <summary>Whether the dates go through a year and more, so that one text may be several days.</summary>
    public bool IsOverAYear => _isForward && (_newYears > 1 || (_newYears == 1 && _first!.Value.Clock <= _last!.Value.Clock));

    /// <summary>Adds the next date, whose year stands for none.</summary>
    public void Add(PointInTime date)
    {
        if (_last is { } last)
        {
            var step = date.Clock - last.Clock;
            if (step < -HalfYear)
                _newYears++;
            else if (step < -Disorder || step > HalfYear)
                _isForward = false;
        }

        if (date.Clock is { Month: 2, Day: 29 })
            _newYearsBeforeLeapDay ??= _newYears;
        _first ??= date;
        _last = date;
    }

    /// <summary>What comes next is of another text, and may be earlier.</summary>
    public void BreakOrder() => _isForward = false;

    /// <summary>
    /// When the column's last line was written at the latest, if it was no later than the end; the end where the dates are in no order.
    /// </summary>
    public DateTime LatestOf(DateTime end)
    {
        var from = end;
        while (_isForward && _last is { } last && DateText.InLastYear(last, from) is { } anchored)
        {
            if (_newYearsBeforeLeapDay is not { } before || DateTime.IsLeapYear(anchored.Clock.Year - (_newYears - before)))
                return anchored.Clock + Disorder;
            from = new DateTime(anchored.Clock.Year, 1, 1).AddTicks(-1);
        }

        return end;
    }
}
