using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// Keys that were read as dates and have a time of day, so that hardly two rows share one: whoever groups by <c>date(t)</c> means days.
/// </summary>
internal sealed class TimeKeys
{
    private const int FewestKeys = 8;

    private long _rows;
    private long _times;
    private DateValue? _first;

    /// <summary>A row, unless its key is known to be no time.</summary>
    public void AddRow() => _rows++;

    /// <summary>Takes a key that was not there before, one value or several.</summary>
    /// <returns>Whether it has a time of day.</returns>
    public bool AddKey(params ReadOnlySpan<Value> key)
    {
        DateValue? time = null;
        foreach (var value in key)
            time ??= TimeOf(value) ?? (value as RecordValue)?.Fields.Select(TimeOf).FirstOrDefault(field => field is not null);
        if (time is null)
            return false;

        _times++;
        _first ??= time;
        return true;
    }

    public void Tell(string stage, EvaluationContext evaluation)
    {
        if (_times >= FewestKeys && 2 * _rows <= 3 * _times)
            evaluation.Tallies.Doubt(
                Invariant($"{stage}: {_rows:N0} values have {_times:N0} keys, since each has its time of day, as `{_first}`"),
                "write `bin(…, \"day\")` for days, or `bin(…, 1h)` as it is meant");
    }

    private static DateValue? TimeOf(Value value) => value is DateValue { Written: not null, Point.Precision: DatePrecision.Time } time ? time : null;
}
