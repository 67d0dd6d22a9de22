using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>The first or the last item, none among them; none of nothing.</summary>
internal sealed class EndFold(string name, bool isLast) : Fold(name)
{
    private Value? _item;

    protected override bool SkipsNone => false;

    protected override bool TryAdd(Value value)
    {
        if (isLast || _item is null)
            _item = ListValue.Keep(value);
        return true;
    }

    protected override Value Result() => _item ?? NoneValue.Instance;
}
