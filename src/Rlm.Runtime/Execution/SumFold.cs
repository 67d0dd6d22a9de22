namespace Rlm.Runtime.Execution;

/// <summary>The sum, 0 of nothing, or the mean, none of nothing.</summary>
internal sealed class SumFold(string name, bool isMean) : NumberFold(name)
{
    private decimal _sum;
    private long _count;
    private bool _isOverflown;

    protected override void Take(decimal number)
    {
        _count++;
        try
        {
            _sum += number;
        }
        catch (OverflowException)
        {
            _isOverflown = true;
        }
    }

    protected override decimal? Folded() => _isOverflown || (isMean && _count == 0) ? null : isMean ? _sum / _count : _sum;
}
