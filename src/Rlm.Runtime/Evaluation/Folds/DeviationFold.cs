using System.Numerics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>
/// The standard deviation of a sample, none of fewer than two numbers. Sums and squares are kept whole, so that nothing
/// cancels out; where a number is beyond 28 digits, in double.
/// </summary>
internal sealed class DeviationFold(string name) : NumberFold(name)
{
    // The most decimals that decimal has, and those of a square.
    private const int MostDecimals = 28;

    private static readonly BigInteger[] PowersOfTen =
        [.. Enumerable.Range(0, (2 * MostDecimals) + 1).Select(power => BigInteger.Pow(10, power))];

    // In units of 1e-28, and of 1e-56.
    private BigInteger _sum;
    private BigInteger _squares;
    private long _count;
    private int _decimals;

    // Welford's mean and sum of squared distances, of numbers that are scaled so that no square leaves what double has.
    private bool _isInexact;
    private bool _isBeyond;
    private DoubleScale _scale = new();
    private double _mean;
    private double _distances;

    protected override string? Remark =>
        _isBeyond ? SumFold.BeyondDouble
        : _isInexact ? "some numbers are beyond 28 digits, so the result is computed in double, to 15 digits" : null;

    private Number? Near => Number.OfDouble(_scale.Up(Math.Sqrt(_distances / (_count - 1))));

    protected override void Take(in Number number)
    {
        _count++;
        _isInexact |= !number.IsExact;
        _isBeyond |= number.IsAtRangeEnd;
        double factor = _scale.Widen(number.InDouble);
        _mean *= factor;
        _distances *= factor * factor;
        double scaled = _scale.Down(number.InDouble), distance = scaled - _mean;
        _mean += distance / _count;
        _distances += distance * (scaled - _mean);
        if (_isInexact)
            return;

        decimal exact = number.InDecimal;
        _decimals = Math.Max(_decimals, exact.Scale);
        var whole = ScaleUp(exact);
        _sum += whole;
        _squares += whole * whole;
    }

    protected override NumberValue MakeValue(Number result) => NumberValue.WithMostDecimals(result, _decimals + SumFold.MoreDecimals);

    protected override Number? Fold()
    {
        if (_count < 2 || _isBeyond)
            return null;
        if (_isInexact)
            return Near;

        // The variance is (n Σx² - (Σx)²) / (n (n - 1)); its root has as many decimals as decimal holds.
        var variance = ((_count * _squares) - (_sum * _sum)) / ((BigInteger)_count * (_count - 1));
        var root = RootOf(variance);
        int decimals = MostDecimals;
        for (; decimals > 0 && root > (BigInteger)decimal.MaxValue; decimals--)
            root = BigInteger.Divide(root + 5, 10);
        return root > (BigInteger)decimal.MaxValue ? Near : DecimalOf(root, decimals);
    }

    /// <summary>A number in units of the least that decimal has, so that sums and products of it are whole.</summary>
    public static BigInteger ScaleUp(decimal number) => MantissaOf(number) * PowersOfTen[MostDecimals - number.Scale];

    private static BigInteger MantissaOf(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var mantissa = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        return number < 0 ? -mantissa : mantissa;
    }

    private static decimal DecimalOf(BigInteger mantissa, int decimals)
    {
        uint low = (uint)(mantissa & uint.MaxValue), middle = (uint)((mantissa >> 32) & uint.MaxValue), high = (uint)(mantissa >> 64);
        return new decimal((int)low, (int)middle, (int)high, isNegative: false, (byte)decimals);
    }

    /// <summary>The whole part of a square root, by Newton's way from above.</summary>
    private static BigInteger RootOf(BigInteger square)
    {
        if (square.IsZero)
            return square;

        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (square / root)) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
