using System.Globalization;

namespace Rlm.Runtime.Values;

/// <summary>A number. One that was read as such, from JSON, prints as it was written.</summary>
internal sealed class NumberValue(Number number) : Value
{
    public Number Number { get; } = number;

    /// <summary>Whether it was read and not computed.</summary>
    public bool IsRead { get; private init; }

    /// <summary>How a read number was written, where decimal does not write it so by itself.</summary>
    public string? Written { get; private init; }

    /// <summary>A number that was read.</summary>
    public static NumberValue Read(Number number, ReadOnlySpan<char> written) =>
        new(number) { IsRead = true, Written = number.IsExact && written.SequenceEqual(Plain(number)) ? null : written.ToString() };

    /// <summary>A number that was read and that decimal writes as it was.</summary>
    public static NumberValue Read(decimal number) => new(number) { IsRead = true };

    /// <summary>As it prints.</summary>
    public override string ToString() => IsRead ? Written ?? Plain(Number) : Number.ToString();

    private static string Plain(Number number) => number.InDecimal.ToString(CultureInfo.InvariantCulture);
}

internal sealed class BoolValue : Value
{
    public static readonly BoolValue True = new();
    public static readonly BoolValue False = new();

    private BoolValue()
    {
    }

    public static BoolValue Of(bool value) => value ? True : False;
}

/// <summary>A point in time without a zone, and how it was written if it was read from a text.</summary>
internal sealed class DateValue(DateTime time, string? written = null) : Value
{
    public DateTime Time { get; } = time;

    /// <summary>The text that it was read from; null for a computed date, which prints as ISO.</summary>
    public string? Written { get; } = written;

    public override string ToString() => Written
        ?? Time.ToString(Time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : Time.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

internal sealed class DurationValue(TimeSpan duration) : Value
{
    public TimeSpan Duration { get; } = duration;
}

/// <summary>No value.</summary>
internal sealed class NoneValue : Value
{
    public static readonly NoneValue Instance = new();

    private NoneValue()
    {
    }
}

/// <summary>
/// An item for which a paid stage got no usable reply: unknown. Conditions on it are neither true nor false, folds leave it out, and
/// an answer that rests on it is partial.
/// </summary>
internal sealed class FailedValue(string reason) : Value
{
    /// <summary>Why, in one line.</summary>
    public string Reason { get; } = reason;

    /// <summary>The start of the reply that could not be used; null where there was none.</summary>
    public string? Reply { get; init; }

    /// <summary>Whether the model's window is too small for the item.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Whether tokens or money ran out before the item was asked about.</summary>
    public bool IsOverLimit { get; init; }
}
