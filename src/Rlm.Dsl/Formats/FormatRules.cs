using Rlm.Dsl.Types;

namespace Rlm.Dsl.Formats;

/// <summary>Which formats fit which values.</summary>
internal static class FormatRules
{
    /// <summary>Whether a text is a format of a number, a date or a duration.</summary>
    public static bool IsKnown(string format) => FaultOf(RlmType.Unknown, format) is null;

    /// <summary>Why values of a type cannot be written in a format; null where they can, or where only the run can tell.</summary>
    public static PatternFault? FaultOf(RlmType type, string format)
    {
        var dates = DatePattern.TryParse(format, out var dateFault);
        if (type.Required == RlmType.Date)
            return dateFault;

        if (type.Required == RlmType.Duration)
            return dates is null ? dateFault : DurationFault(dates);

        var numbers = NumberPattern.TryParse(format, out var numberFault);
        if (type.Required == RlmType.Number)
            return numberFault;

        return dates is not null || numbers is not null ? null
            : format.Any(c => c is '0' or '#') && !format.Contains('%') ? numberFault
            : dateFault! with { Help = $"{dateFault.Help}; {numberFault!.Help}" };
    }

    /// <summary>Why no text can be read as a date by a format; null where texts can.</summary>
    public static PatternFault? FindReadingFault(string format) => DatePattern.TryParse(format, out var fault)?.ReadingFault ?? fault;

    /// <summary>The units of the calendar that dates are put into bins by.</summary>
    public static IReadOnlyList<string> CalendarUnits { get; } = ["minute", "hour", "day", "week", "month", "quarter", "year"];

    /// <summary>Why dates cannot be put into bins of a unit; null where they can.</summary>
    public static PatternFault? FindUnitFault(string unit) => CalendarUnits.Contains(unit)
        ? null
        : new PatternFault(
            $"`{unit}` is not a width for dates", $"write a duration, `bin(time, 1h)`, or one of {string.Join(", ", CalendarUnits.Select(name => $"\"{name}\""))}");

    /// <summary>Why a duration cannot be written so; null where it can.</summary>
    public static PatternFault? DurationFault(DatePattern pattern) => pattern.FitsDuration
        ? null
        : new PatternFault(
            $"`{pattern.Text}` asks for more than a duration has",
            "durations take days, hours, minutes, seconds and parts of them: `hh:mm:ss`, `d'd' hh'h'`, `mm:ss.fff`, `%H:%M:%S`, `%s`");
}
