using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>The sum, 0 of nothing, or the mean, none of nothing. Past what decimal holds it goes on in double.</summary>
internal sealed class SumFold(string name, bool isMean) : NumberFold(name)
{
    private decimal _sum;

    // What was no decimal, and what was summed until decimal overflowed.
    private double _rest;
    private long _count;

    protected override string? Remark => _rest == 0 ? null : "some numbers are beyond 28 digits, so the result is computed in double, to 15 digits";

    protected override void Take(Number number)
    {
        _count++;
        if (!number.IsExact)
        {
            _rest += number.InDouble;
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

    protected override Number? Folded()
    {
        var sum = _rest == 0 ? _sum : Number.OfDouble(_rest + (double)_sum);
        return !isMean ? sum : _count == 0 || sum is not { } total ? null : Number.Divide(total, _count);
    }
}
