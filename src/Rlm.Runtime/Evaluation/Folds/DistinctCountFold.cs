using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>How many different values; none and failed ones are not values.</summary>
internal sealed class DistinctCountFold(string name) : Fold(name)
{
    private readonly HashSet<ValueKey> _seen = [];
    private readonly TimeKeys _times = new();

    protected override bool TryAdd(Value value)
    {
        var key = new ValueKey(ListValue.Keep(value));
        key.KeepBytes();
        _times.AddRow();
        if (_seen.Add(key))
            _times.AddKey(value);
        return true;
    }

    protected override void Tell(EvaluationContext evaluation) => _times.Tell(Name, evaluation);

    protected override Value Result() => new NumberValue(_seen.Count);
}
