namespace Rlm.Runtime.Values;

/// <summary>Reads a value as another kind, as LANGUAGE's section 4 says; null where it cannot be read so.</summary>
internal static class Reading
{
    // No number, date or truth value is longer; a whole document is not decoded to find that out.
    private const int LongestBytes = 64;

    /// <summary>A text, a doc's or row's text, or null for anything else.</summary>
    public static TextValue? AsText(Value value) => value switch
    {
        TextValue text => text,
        RecordValue { Shape.TextField: { } field } record => record.Find(field) as TextValue,
        _ => null,
    };

    public static decimal? AsNumber(Value value) => value is NumberValue number
        ? number.Number
        : ShortText(value) is { } text ? NumberText.TryRead(text) : null;

    /// <summary>The number that a text's bytes are.</summary>
    public static decimal? AsNumber(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestBytes ? NumberText.TryRead(text) : null;

    public static DateValue? AsDate(Value value) => value as DateValue
        ?? (ShortText(value) is { } text && DateText.TryRead(text) is { } time ? new DateValue(time, text.Trim()) : null);

    /// <summary>True, false, or null for anything else.</summary>
    public static bool? AsBool(Value value) => value is BoolValue
        ? value == BoolValue.True
        : ShortText(value)?.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => null,
        };

    /// <summary>Whether there is no value: none, or a failed item.</summary>
    public static bool IsNone(Value value) => value is NoneValue or FailedValue;

    private static string? ShortText(Value value) =>
        AsText(value) is { } text && text.LengthBytes is > 0 and <= LongestBytes ? text.ToString() : null;
}
