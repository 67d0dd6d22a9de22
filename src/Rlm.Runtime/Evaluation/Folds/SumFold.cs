using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>
/// The sum, 0 of nothing and none of values that are all of no use, or the mean, none of nothing. Past what decimal holds it goes on in
/// double.
/// </summary>
internal sealed class SumFold(string name, bool isMean) : NumberFold(name)
{
    /// <summary>How many more decimals than its values a mean shows.</summary>
    public const int MoreDecimals = 4;

    public const string BeyondDouble = "some numbers are beyond what double holds, so there is no result";

    private decimal _sum;
    private int _decimals;

    // What was not a decimal, and what was summed until decimal overflowed.
    private double _rest;
    private long _count;

    protected override string? Remark =>
        _rest == 0 ? null
        : Number.OfDouble(_rest + (double)_sum) is null ? BeyondDouble
        : "some numbers are beyond 28 digits, so the result is computed in double, to 15 digits";

    protected override void Take(in Number number)
    {
        _count++;
        if (isMean)
            _decimals = Math.Max(_decimals, number.InDecimal.Scale);
        if (!number.IsExact)
        {
            // The last number of double stands for all beyond, of which nobody knows the sum.
            _rest += Math.Abs(number.InDouble) == double.MaxValue ? double.NaN : number.InDouble;
            return;
        }

        try
        {
            _sum += number.InDecimal;
        }
        catch (OverflowException)
        {
            _rest += (double)_sum;
            _sum = number.InDecimal;
        }
    }

    protected override NumberValue MakeValue(Number result) =>
        isMean ? NumberValue.WithMostDecimals(result, _decimals + MoreDecimals) : new NumberValue(result);

    protected override Number? Fold()
    {
        var sum = _rest == 0 ? _sum : Number.OfDouble(_rest + (double)_sum);
        return !isMean ? IsAllLost ? null : sum : _count == 0 || sum is not { } total ? null : Number.Divide(total, _count);
    }
}
