namespace Rlm.Runtime.Execution;

/// <summary>What stands at a place, or between places, of the numbers in order; none of nothing.</summary>
internal sealed class RankFold(string name, Func<IReadOnlyList<decimal>, decimal> pick) : NumberFold(name)
{
    private readonly List<decimal> _numbers = [];

    protected override void Take(decimal number) => _numbers.Add(number);

    protected override decimal? Folded()
    {
        if (_numbers.Count == 0)
            return null;

        _numbers.Sort();
        return pick(_numbers);
    }
}
