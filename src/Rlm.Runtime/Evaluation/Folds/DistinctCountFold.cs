using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>How many different values; none and failed ones are not values.</summary>
internal sealed class DistinctCountFold(string name) : Fold(name)
{
    private readonly HashSet<ValueKey> _seen = [];

    protected override bool TryAdd(Value value)
    {
        var key = new ValueKey(ListValue.Keep(value));
        key.KeepBytes();
        _seen.Add(key);
        return true;
    }

    protected override Value Result() => new NumberValue(_seen.Count);
}
