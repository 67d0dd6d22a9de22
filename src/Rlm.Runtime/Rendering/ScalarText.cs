using System.Globalization;
using System.Text;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Single values as they print.</summary>
internal static class ScalarText
{
    // The most that decimal has.
    private const int MostDigits = 28;

    public const string None = "none";
    public const string Failed = "[failed]";

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>As the language writes it: <c>5m</c>, <c>1h30m</c>, <c>250ms</c>; a part of a millisecond is left out.</summary>
    public static string Of(TimeSpan duration)
    {
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        int signLength = text.Length;
        var ticks = (UInt128)Int128.Abs(duration.Ticks);
        foreach (var (unit, length) in Units)
        {
            var count = ticks / (UInt128)length;
            if (count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            ticks -= count * (UInt128)length;
        }

        return text.Length == signLength ? "0s" : text.ToString();
    }

    /// <summary>A duration in seconds, as machines read it.</summary>
    public static string Seconds(TimeSpan duration) =>
        ((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);

    /// <summary>The value as it prints; null for a list or a record.</summary>
    public static string? Of(Value value) => value switch
    {
        TextValue text => text.ToString(),
        NumberValue => value.ToString(),
        BoolValue => value == BoolValue.True ? "true" : "false",
        DateValue date => date.ToString(),
        DurationValue duration => duration.Written ?? Of(duration.Duration),
        NoneValue => None,
        FailedValue => Failed,
        _ => null,
    };
}
