using System.Globalization;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

internal static partial class Functions
{
    // The most that decimal has.
    private const int MostDigits = 28;

    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfNumbers =>
    [
        new("number", call => OrNone(call.Number(0) is { } number ? OfNumber(number) : null)),
        new("round", call => OrNone(call.Number(0) is { } number ? OfNumber(IsWide(number) ? number : Rounded(number.InDecimal, Digits(call))) : null)),
        new("abs", call => call.Value(0) is DurationValue duration
            ? new DurationValue(duration.Duration.Duration())
            : OrNone(call.Number(0) is { } number ? OfNumber(number < 0 ? -number : number) : null)),
        new("percent", call => OrNone(call.Number(0) is { } number ? Percentage(number.InDecimal, Digits(call)) : null)),
        new("format", Formatted),
        new("coalesce", call => OrNone(call.Arguments.FirstOrDefault(value => value is not null && !Reading.IsNone(value)))),
    ];

    /// <summary>Whether a number has no digits that rounding could take.</summary>
    private static bool IsWide(Number number) => number.InDecimal is decimal.MaxValue or decimal.MinValue;

    private static int Digits(FunctionCall call) => call.Find(1) is null
        ? 0
        : call.Number(1) is { InDecimal: var digits } && digits == decimal.Truncate(digits) && Math.Abs(digits) <= MostDigits
            ? (int)digits
            : throw call.Error($"`{call.Name}` takes a whole number of digits up to {MostDigits}", $"write `{call.Name}(x, 2)`");

    /// <summary>Half away from zero; negative digits round to tens, hundreds and so on.</summary>
    private static decimal Rounded(decimal number, int digits)
    {
        if (digits >= 0)
            return Math.Round(number, digits, MidpointRounding.AwayFromZero);

        decimal unit = 1;
        for (int i = 0; i < -digits; i++)
            unit *= 10;
        return Math.Round(number / unit, MidpointRounding.AwayFromZero) * unit;
    }

    private static TextValue Percentage(decimal number, int digits) =>
        new(Rounded(number * 100, digits).ToString($"F{Math.Max(0, digits)}", CultureInfo.InvariantCulture) + "%");

    private static Value Formatted(FunctionCall call)
    {
        var value = call.Value(0);
        if (Reading.IsNone(value) || call.Text(1) is not { } format)
            return NoneValue.Instance;

        IFormattable? formattable = value is DurationValue duration ? duration.Duration : Reading.AsNumber(value) is { } number ? number.IsExact ? number.InDecimal : number.InDouble : call.Date(0)?.Time;
        try
        {
            return formattable is null ? NoneValue.Instance : new TextValue(formattable.ToString(format.ToString(), CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            throw call.Error(
                $"\"{format}\" is no .NET format of {ValueKinds.Describe(value)}",
                "dates take formats like \"d MMM yyyy\" or \"HH:mm\", numbers like \"0.00\" or \"N0\"");
        }
    }
}
