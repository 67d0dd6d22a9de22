using System.Globalization;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Evaluation.Functions.FunctionTable;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>The functions of numbers, and those of any value that go with them, by name.</summary>
internal static class NumberFunctions
{
    // The most that decimal has.
    private const int MostDigits = 28;

    public static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> All =>
    [
        new("number", call => OrNone(call.Number(0) is { } number ? OfNumber(number) : null)),
        new("int", call => OrNone(call.Number(0) is { } number ? OfNumber(IsWide(number) ? number : decimal.Truncate(number.InDecimal)) : null)),
        new("duration", call => OrNone(call.Duration(0))),
        new("round", Round),
        new("floor", call => RoundBy(call, Math.Floor)),
        new("ceil", call => RoundBy(call, Math.Ceiling)),
        new("sqrt", call => Root(call, call.Number(0))),
        new("power", Power),
        new("abs", call => call.Value(0) is DurationValue duration
            ? new DurationValue(duration.Duration.Duration())
            : OrNone(call.Number(0) is { } number ? OfNumber(number < 0 ? -number : number) : null)),
        new("percent", call => OrNone(call.Number(0) is { } number ? Percentage(number.InDecimal, Digits(call)) : null)),
        new("format", Format),
        new("coalesce", call => OrNone(call.Arguments.FirstOrDefault(value => value is not null && !Reading.IsNone(value)))),
    ];

    /// <summary>Whether a number has no digits that rounding could take.</summary>
    private static bool IsWide(Number number) => number.InDecimal is decimal.MaxValue or decimal.MinValue;

    private static Value RoundBy(FunctionCall call, Func<decimal, decimal> round) =>
        OrNone(call.Number(0) is { } number ? OfNumber(IsWide(number) ? number : round(number.InDecimal)) : null);

    private static Value Power(FunctionCall call)
    {
        if (call.Number(0) is not { } number || call.Number(1) is not { } exponent)
            return NoneValue.Instance;
        if (exponent == 0.5m)
            return Root(call, number);
        return Number.Power(number, exponent) is { } power ? OfNumber(power) : Lose(call, call.Value(0));
    }

    private static Value Root(FunctionCall call, Number? number) =>
        number is not { } square ? NoneValue.Instance : Number.Root(square) is { } root ? OfNumber(root) : Lose(call, call.Value(0));

    private static NoneValue Lose(FunctionCall call, Value value)
    {
        call.Evaluation.Tallies.Lose("value", $"{{has|have}} no `{call.Name}` and counted as none", "leave such rows out before", value);
        return NoneValue.Instance;
    }

    private static int Digits(FunctionCall call) => call.Find(1) is null
        ? 0
        : call.Number(1) is { InDecimal: var digits } && digits == decimal.Truncate(digits) && Math.Abs(digits) <= MostDigits
            ? (int)digits
            : throw call.Error($"`{call.Name}` takes a whole number of digits up to {MostDigits}", $"write `{call.Name}(x, 2)`");

    /// <summary>A number to digits; a duration to whole seconds, to digits of a second, or to multiples of another one.</summary>
    private static Value Round(FunctionCall call)
    {
        if (call.Value(0) is not DurationValue { Duration: var duration })
            return OrNone(call.Number(0) is { } number
                ? IsWide(number) ? OfNumber(number) : NumberValue.WithDecimals(Round(number.InDecimal, Digits(call)), Digits(call))
                : null);

        decimal unit = call.Find(1) is DurationValue { Duration.Ticks: > 0 and var ticks } ? ticks : TimeSpan.TicksPerSecond;
        decimal rounded = Round(duration.Ticks / unit, call.Find(1) is DurationValue ? 0 : Digits(call)) * unit;
        return Math.Abs(rounded) <= long.MaxValue ? new DurationValue(new TimeSpan((long)rounded)) : NoneValue.Instance;
    }

    /// <summary>Half away from zero; negative digits round to tens, hundreds and so on.</summary>
    private static decimal Round(decimal number, int digits)
    {
        if (digits >= 0)
            return Math.Round(number, digits, MidpointRounding.AwayFromZero);

        decimal unit = 1;
        for (int i = 0; i < -digits; i++)
            unit *= 10;
        return Math.Round(number / unit, MidpointRounding.AwayFromZero) * unit;
    }

    private static TextValue Percentage(decimal number, int digits) =>
        new(Round(number * 100, digits).ToString($"F{Math.Max(0, digits)}", CultureInfo.InvariantCulture) + "%");

    private static Value Format(FunctionCall call)
    {
        var value = call.Value(0);
        if (Reading.IsNone(value) || call.Text(1) is not { } format)
            return value is FailedValue ? value : NoneValue.Instance;

        return OrNone(ValueFormats.Of(format.ToString()).Write(value, call) is { } text ? new TextValue(text) : null);
    }
}
