using System.Globalization;
using Rlm.Dsl.Formats;

namespace Rlm.Runtime.Rendering;

/// <summary>Writes numbers by a pattern, halves away from zero, whatever the host's culture.</summary>
internal static class NumberWriter
{
    private const int GroupDigits = 3;

    public static string Write(decimal number, NumberPattern pattern)
    {
        if (pattern.HasExponent)
            return pattern.Before + number.ToString($"0.{new string('0', pattern.LeastDecimals)}e+00", CultureInfo.InvariantCulture)
                + pattern.After;

        if (pattern.IsPercentage)
            number *= 100;
        if (pattern.MostDecimals is { } most)
            number = Math.Round(number, most, MidpointRounding.AwayFromZero);

        string digits = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? digits : digits[..point];
        string decimals = (point < 0 ? "" : digits[(point + 1)..].TrimEnd('0')).PadRight(pattern.LeastDecimals, '0');
        whole = whole.TrimStart('0').PadLeft(pattern.LeastWhole, '0');
        if (pattern.HasGroups)
            whole = WriteGroups(whole);
        string sign = number < 0 ? "-" : pattern.HasPlus ? "+" : "";
        return pattern.Before.Length > 0 && sign.Length > 0 && pattern.Width == 0
            ? $"{sign}{pattern.Before}{whole}{Behind(decimals)}{pattern.After}"
            : $"{pattern.Before}{(sign + whole + Behind(decimals)).PadLeft(pattern.Width)}{pattern.After}";
    }

    private static string Behind(string decimals) => decimals.Length == 0 ? "" : "." + decimals;

    private static string WriteGroups(string whole)
    {
        for (int at = whole.Length - GroupDigits; at > 0; at -= GroupDigits)
            whole = whole.Insert(at, ",");
        return whole;
    }
}
