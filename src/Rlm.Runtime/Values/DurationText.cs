using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Values;

/// <summary>
/// Reads a duration as programs and people write it: <c>00:01:02,345</c>, <c>2 days 03:04:05</c>, <c>1h 3m</c>, <c>90 min</c>, <c>PT1H30M</c>. What has no
/// unit, or may be minutes or hours (<c>1:30</c>), is none.
/// </summary>
internal static partial class DurationText
{
    private const string Days = @"(?:(?<days>[0-9]{1,7})(?: ?days?,? ?|\.))?";
    private const string Fraction = @"(?:[.,](?<fraction>[0-9]{1,9}))?";

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["w"] = 7 * TimeSpan.TicksPerDay,
        ["d"] = TimeSpan.TicksPerDay,
        ["h"] = TimeSpan.TicksPerHour,
        ["m"] = TimeSpan.TicksPerMinute,
        ["s"] = TimeSpan.TicksPerSecond,
        ["ms"] = TimeSpan.TicksPerMillisecond,
        ["us"] = TimeSpan.TicksPerMicrosecond,
    };

    /// <summary>The duration; null for any other text, and for one of more than TimeSpan holds.</summary>
    public static TimeSpan? Read(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > NumberText.LongestBytes)
            return null;

        bool isNegative = text[0] is '-' or '−';
        string amount = isNegative || text[0] == '+' ? text[1..].TrimStart() : text;
        var ticks = OfClock(amount) ?? OfIso(amount) ?? OfUnits(amount);
        return ticks is { } known && known <= long.MaxValue ? new TimeSpan((long)(isNegative ? -known : known)) : null;
    }

    private static decimal? OfClock(string text)
    {
        var clock = Clock.Match(text);
        if (!clock.Success)
            clock = Minutes.Match(text);
        return !clock.Success ? null
            : (Part(clock, "days") * TimeSpan.TicksPerDay) + (Part(clock, "hours") * TimeSpan.TicksPerHour) + (Part(clock, "minutes") * TimeSpan.TicksPerMinute)
                + (Part(clock, "seconds") * TimeSpan.TicksPerSecond) + decimal.Truncate(PartOfSecond(clock) * TimeSpan.TicksPerSecond);
    }

    private static decimal? OfIso(string text)
    {
        var iso = Iso.Match(text);
        return !iso.Success || text[^1] is 'P' or 'T' ? null
            : (Part(iso, "weeks") * Units["w"]) + (Part(iso, "days") * Units["d"]) + (Part(iso, "hours") * Units["h"]) + (Part(iso, "minutes") * Units["m"])
                + decimal.Truncate(Part(iso, "seconds") * Units["s"]);
    }

    /// <summary>Amounts with units, the greatest first and each once.</summary>
    private static decimal? OfUnits(string text)
    {
        var written = Amounts.Match(text);
        if (!written.Success)
            return null;

        decimal ticks = 0;
        long last = long.MaxValue;
        for (int i = 0; i < written.Groups["unit"].Captures.Count; i++)
        {
            long unit = Units[NameOf(written.Groups["unit"].Captures[i].Value)];
            if (unit >= last)
                return null;
            last = unit;
            ticks += Number(written.Groups["amount"].Captures[i].Value) * unit;
        }

        return decimal.Truncate(ticks);
    }

    private static string NameOf(string unit) => unit.ToLowerInvariant() switch
    {
        ['m', 's', ..] or ['m', 'i', 'l', ..] => "ms",
        ['u' or 'µ' or 'μ', ..] or ['m', 'i', 'c', ..] => "us",
        var other => other[..1],
    };

    private static decimal Part(Match match, string name) => match.Groups[name] is { Success: true, Value: var digits } ? Number(digits) : 0;

    private static decimal PartOfSecond(Match match) => match.Groups["fraction"] is { Success: true, Value: var digits } ? Number($"0.{digits}") : 0;

    private static decimal Number(string digits) => decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex($@"^{Days}(?<hours>[0-9]{{1,5}}):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9]){Fraction}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clock { get; }

    // Subtitles leave hours out, and a clock has no part of a minute.
    [GeneratedRegex(@"^(?<minutes>[0-9]{1,2}):(?<seconds>[0-5][0-9])[.,](?<fraction>[0-9]{1,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Minutes { get; }

    [GeneratedRegex(@"^P(?:(?<weeks>[0-9]{1,6})W)?(?:(?<days>[0-9]{1,7})D)?(?:T(?:(?<hours>[0-9]{1,8})H)?(?:(?<minutes>[0-9]{1,8})M)?(?:(?<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso { get; }

    [GeneratedRegex(@"^(?:(?<amount>[0-9]{1,12}(?:\.[0-9]{1,9})?)\s?(?<unit>weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|milliseconds?|millis|msecs?|ms|microseconds?|usecs?|[uµμ]s)(?:,? and |,? ?|$))+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Amounts { get; }
}
