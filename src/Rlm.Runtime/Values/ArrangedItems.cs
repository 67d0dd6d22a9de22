namespace Rlm.Runtime.Values;

/// <summary>The items of a list in another order.</summary>
/// <param name="items">The items.</param>
/// <param name="places">The place of each in the list.</param>
internal sealed class ArrangedItems(IReadOnlyList<Value> items, int[] places) : MadeList<Value>
{
    public override int Count => places.Length;

    public override Value this[int index] => items[places[index]];
}
