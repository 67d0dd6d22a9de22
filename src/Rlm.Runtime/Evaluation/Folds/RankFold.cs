using System.Runtime.InteropServices;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>What stands at a place, or between places, of the numbers in order; none of nothing.</summary>
internal sealed class RankFold(string name, Func<IReadOnlyList<Number>, Number?> pick) : NumberFold(name)
{
    private readonly List<Number> _numbers = [];

    private bool _isBeyond;

    protected override string? Remark => _isBeyond ? SumFold.BeyondDouble : null;

    protected override void Take(in Number number) => _numbers.Add(number);

    protected override Number? Fold()
    {
        if (_numbers.Count == 0)
            return null;

        CollectionsMarshal.AsSpan(_numbers).Sort();
        var picked = pick(_numbers);
        _isBeyond = picked is not { IsAtRangeEnd: false };
        return _isBeyond ? null : picked;
    }
}
