using System.Globalization;

namespace Rlm.Runtime.Values;

/// <summary>
/// A number: exact in decimal where decimal holds it, else the nearest double, as beyond 7.9e28, below 1e-28 or with more than 28 digits.
/// Computing goes on in double where decimal cannot.
/// </summary>
internal readonly struct Number : IComparable<Number>, IEquatable<Number>
{
    private const double DecimalRange = 7.9e28;
    private const decimal Small = 0.000_001m;

    // Beyond it even 1.1 has left what decimal holds.
    private const int MaxExactExponent = 1000;

    private readonly decimal _exact;

    // 0 where the number is exact: a double that is 0 would be exact too.
    private readonly double _near;

    private Number(double near) => _near = near;

    private Number(decimal exact) => _exact = exact;

    /// <summary>Whether decimal holds it.</summary>
    public bool IsExact => _near == 0;

    /// <summary>Whether it stands for numbers beyond what double has.</summary>
    public bool IsAtRangeEnd => Math.Abs(_near) is double.MaxValue or double.Epsilon;

    /// <summary>The number in decimal; of one that is not exact the nearest that decimal has.</summary>
    public decimal InDecimal => IsExact ? _exact : NearestDecimal;

    public double InDouble => IsExact ? (double)_exact : _near;

    private decimal NearestDecimal => Math.Abs(_near) < DecimalRange ? (decimal)_near : _near < 0 ? decimal.MinValue : decimal.MaxValue;

    public static implicit operator Number(decimal exact) => new(exact);

    public static implicit operator Number(long exact) => new((decimal)exact);

    public static bool operator ==(Number left, Number right) => left.CompareTo(right) == 0;

    public static bool operator !=(Number left, Number right) => left.CompareTo(right) != 0;

    public static bool operator <(Number left, Number right) => left.CompareTo(right) < 0;

    public static bool operator >(Number left, Number right) => left.CompareTo(right) > 0;

    public static bool operator <=(Number left, Number right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Number left, Number right) => left.CompareTo(right) >= 0;

    public static Number operator -(Number number) => number.IsExact ? new(-number._exact) : new(-number._near);

    /// <summary>The number that a double is; null for none, as of infinity and of its last number, which stands for all beyond.</summary>
    public static Number? OfDouble(double near) => !double.IsFinite(near) || Math.Abs(near) == double.MaxValue ? null : near == 0 ? new(0m) : new(near);

    /// <summary>
    /// The number that digits with a point or an exponent are, at the ends of double's range the last one that it has; null for anything
    /// else.
    /// </summary>
    public static Number? Parse(ReadOnlySpan<char> text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool isDecimal = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal exact);
        if (isDecimal && (text.Length <= 28 && text.IndexOfAny('e', 'E') < 0 || HasDigitsOf(exact, text)))
            return new(exact);

        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out double near))
            return null;

        if (near == 0)
            return Digits(text).Length == 0 ? new(0m) : new(text[0] == '-' ? -double.Epsilon : double.Epsilon);
        return new(double.IsInfinity(near) ? Math.CopySign(double.MaxValue, near) : near);
    }

    public static Number? Add(Number left, Number right)
    {
        if (left.IsExact && right.IsExact && TryExactly(decimal.Add, left._exact, right._exact) is { } sum)
            return sum;
        return OfDouble(left.InDouble + right.InDouble);
    }

    public static Number? Subtract(Number left, Number right) => Add(left, -right);

    public static Number? Multiply(Number left, Number right)
    {
        if (left.IsExact && right.IsExact && TryExactly(decimal.Multiply, left._exact, right._exact) is { } product
            && (product != 0 || left._exact == 0 || right._exact == 0))
            return product;
        return OfDouble(left.InDouble * right.InDouble);
    }

    /// <summary>The quotient; null by 0.</summary>
    public static Number? Divide(Number left, Number right)
    {
        if (right == 0)
            return null;
        if (left.IsExact && right.IsExact && TryExactly(decimal.Divide, left._exact, right._exact) is { } quotient
            && (quotient != 0 || left._exact == 0))
            return quotient;
        return OfDouble(left.InDouble / right.InDouble);
    }

    /// <summary>The remainder, with the sign of the second, so that those of a row of whole numbers go round; null by 0.</summary>
    public static Number? Remainder(Number left, Number right)
    {
        if (right == 0)
            return null;
        if (left.IsExact && right.IsExact && TryExactly(decimal.Remainder, left._exact, right._exact) is { } remainder)
            return remainder != 0 && remainder < 0 != right < 0 ? Add(remainder, right) : remainder;
        double rest = left.InDouble % right.InDouble;
        return OfDouble(rest != 0 && rest < 0 != right.InDouble < 0 ? rest + right.InDouble : rest);
    }

    /// <summary>The power; exact where decimal holds it and the exponent is a whole number. Null where there is none.</summary>
    public static Number? Power(Number number, Number exponent)
    {
        if (!exponent.IsExact || exponent._exact != decimal.Truncate(exponent._exact) || Math.Abs(exponent._exact) > MaxExactExponent || !number.IsExact)
            return OfDouble(Math.Pow(number.InDouble, exponent.InDouble));

        Number? power = (Number)1L;
        for (int i = (int)Math.Abs(exponent._exact); i > 0 && power is { } product; i--)
            power = Multiply(product, number);
        return power is { } whole && exponent < 0 ? Divide(1L, whole) : power;
    }

    /// <summary>The square root, to the last digit that decimal has; null below 0.</summary>
    public static Number? Root(Number square)
    {
        if (square < 0)
            return null;

        double near = Math.Sqrt(square.InDouble);
        if (!square.IsExact || square == 0)
            return OfDouble(near);

        // One step of Newton's takes the 15 digits of a double to those of decimal.
        decimal root = (decimal)near;
        return TryExactly(static (square, root) => (root + (square / root)) / 2, square._exact, root) ?? OfDouble(near);
    }

    public int CompareTo(Number other) => Compare(this, other);

    public static int Compare(in Number left, in Number right)
    {
        if (left.IsExact && right.IsExact)
            return decimal.Compare(left._exact, right._exact);

        // First as decimals and then as doubles, which is one order for exact numbers and others alike.
        int order = left.InDecimal.CompareTo(right.InDecimal);
        return order != 0 ? order : left.InDouble.CompareTo(right.InDouble);
    }

    public bool Equals(Number other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    public override int GetHashCode() => InDecimal.GetHashCode();

    /// <summary>
    /// At most 12 decimals, more of one that is close to 0; no trailing zeros, no thousands separators; 15 digits of one that is not exact.
    /// </summary>
    public override string ToString() => !IsExact
        ? _near.ToString("G15", CultureInfo.InvariantCulture)
        : _exact == 0 ? "0"
        : _exact.ToString(Math.Abs(_exact) < Small ? "0.############################" : "0.############", CultureInfo.InvariantCulture);

    private static Number? TryExactly(Func<decimal, decimal, decimal> compute, decimal left, decimal right)
    {
        try
        {
            return new(compute(left, right));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the digits of a decimal, but for zeros around, are those of the text that it was read from, so that nothing was rounded.
    /// </summary>
    private static bool HasDigitsOf(decimal exact, ReadOnlySpan<char> text) =>
        Digits(exact.ToString(CultureInfo.InvariantCulture)) == Digits(text);

    private static string Digits(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        return string.Concat((exponent < 0 ? text : text[..exponent]).ToString().Where(char.IsAsciiDigit)).Trim('0');
    }
}
