namespace Rlm.Runtime.Values;

/// <summary>Reads a value as another kind, as docs/specification.md, section 4, says; null where it cannot be read so.</summary>
internal static class Reading
{
    /// <summary>A text, a doc's or row's text, or null for anything else.</summary>
    public static TextValue? AsText(Value value) => value switch
    {
        TextValue text => text,
        RecordValue { Shape.TextField: { } field } record => record.Find(field) as TextValue,
        _ => null,
    };

    public static Number? AsNumber(Value value) => value is NumberValue number
        ? number.Number
        : ShortText(value) is var (text, column) ? column.ReadNumber(text) : null;

    /// <summary>A date, or a text that is one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="now">The run's clock: a text that names no year is not from later, nor from later than its file was changed
    /// last. Null where there is none.</param>
    public static DateValue? AsDate(Value value, DateTime? now = null) => value as DateValue
        ?? (ShortText(value) is var (text, column) && column.ReadDate(text, AsText(value)!.Slice?.Source.ModifiedUtc ?? now) is { } point
            ? new DateValue(point, text.Trim())
            : null);

    /// <summary>A duration, a time of day as that since midnight, or a text that is a duration.</summary>
    public static DurationValue? AsDuration(Value value) => value switch
    {
        DurationValue duration => duration,
        DateValue { Point: { IsClockTime: true, Clock: var clock } } time => new DurationValue(clock.TimeOfDay, time.Written),
        _ => ShortText(value) is var (text, _) && DurationText.Read(text) is { } read ? new DurationValue(read, text.Trim()) : null,
    };

    /// <summary>True, false, or null for anything else.</summary>
    public static bool? AsBool(Value value) => value is BoolValue
        ? value == BoolValue.True
        : ShortText(value)?.Text.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => null,
        };

    /// <summary>Whether there is no value: none, or a failed item.</summary>
    public static bool IsNone(Value value) => value is NoneValue or FailedValue;

    /// <summary>Whether a text says nothing, so that it is missing where a number or date is wanted.</summary>
    public static bool IsBlank(Value value) =>
        AsText(value) is { LengthBytes: <= NumberText.LongestBytes } text && string.IsNullOrWhiteSpace(text.ToString());

    private static (string Text, ColumnReading Column)? ShortText(Value value) =>
        AsText(value) is { LengthBytes: > 0 and <= NumberText.LongestBytes } text
            ? (text.ToString(), text.Column ?? ColumnReading.None)
            : null;
}
