using System.Globalization;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values;

/// <summary>A number. One that was read as such, from JSON, prints as it was written.</summary>
internal sealed class NumberValue(Number number) : Value
{
    // The most that decimal has.
    private const int MostDigits = 28;

    public Number Number { get; } = number;

    /// <summary>The decimals that it prints with, as it was rounded to; null for as many as it has.</summary>
    public int? Decimals { get; private init; }

    /// <summary>The most decimals that it prints with and that exports do not heed, as of a mean; null for as many as it has.</summary>
    public int? MostDecimals { get; private init; }

    /// <summary>Whether it was read and not computed.</summary>
    public bool IsRead { get; private init; }

    /// <summary>How a read number was written, where decimal does not write it so by itself.</summary>
    public string? Written { get; private init; }

    /// <summary>A number that was read.</summary>
    public static NumberValue Read(Number number, ReadOnlySpan<char> written) =>
        new(number) { IsRead = true, Written = number.IsExact && written.SequenceEqual(WritePlain(number)) ? null : written.ToString() };

    /// <summary>A number that was read and that decimal writes as it was.</summary>
    public static NumberValue Read(decimal number) => new(number) { IsRead = true };

    /// <summary>A number that was rounded to so many decimals.</summary>
    public static NumberValue WithDecimals(decimal number, int decimals) => new(number) { Decimals = decimals > 0 ? decimals : null };

    /// <summary>A number whose further decimals say nothing to a reader.</summary>
    public static NumberValue WithMostDecimals(Number number, int decimals) =>
        new(number) { MostDecimals = number.IsExact ? Math.Min(decimals, MostDigits) : null };

    /// <summary>
    /// As it prints: as it was read, with the decimals that it was rounded to, a mean with a few more than what it is of.
    /// </summary>
    public override string ToString() => IsRead ? Written ?? WritePlain(Number)
        : MostDecimals is { } most ? ((Number)Math.Round(Number.InDecimal, most, MidpointRounding.AwayFromZero)).ToString()
        : Decimals is { } decimals ? Number.InDecimal.ToString($"F{decimals}", CultureInfo.InvariantCulture)
        : Number.ToString();

    /// <summary>As machines read it: a mean with all its decimals.</summary>
    public string ToExact() =>
        MostDecimals is null ? ToString() : Number.InDecimal.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string WritePlain(Number number) => number.InDecimal.ToString(CultureInfo.InvariantCulture);
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

/// <summary>A date, a time or a clock time, and how it was written if it was read from a text.</summary>
internal sealed class DateValue(PointInTime point, string? written = null) : Value
{
    public PointInTime Point { get; } = point;

    /// <summary>What its clock shows.</summary>
    public DateTime Clock => Point.Clock;

    /// <summary>The text that it was read from; null for a computed date, which prints as ISO.</summary>
    public string? Written { get; } = written;

    public override string ToString() => Written ?? Point.ToString();
}

/// <summary>A duration, and how it was written if it was read from a text.</summary>
internal sealed class DurationValue(TimeSpan duration, string? written = null) : Value
{
    public TimeSpan Duration { get; } = duration;

    /// <summary>The text that it was read from; null for a computed one, which prints as the language writes it.</summary>
    public string? Written { get; } = written;
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
