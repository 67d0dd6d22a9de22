using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>A fold that picks among the items themselves: none is an item like any other.</summary>
internal sealed class ItemsFold(string name, Func<IReadOnlyList<Value>, Value> pick) : Fold(name)
{
    private readonly List<Value> _items = [];

    protected override bool SkipsNone => false;

    protected override bool TryAdd(Value value)
    {
        _items.Add(ListValue.Keep(value));
        return true;
    }

    protected override Value Result() => pick(_items);
}
