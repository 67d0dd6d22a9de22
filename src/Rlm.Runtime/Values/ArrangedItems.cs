using System.Collections;

namespace Rlm.Runtime.Values;

/// <summary>The items of a list in another order.</summary>
/// <param name="items">The items.</param>
/// <param name="places">The place of each in the list.</param>
/// <param name="ties">Whether the item at a place of the order is equal to the one before it; null where nobody asks.</param>
internal sealed class ArrangedItems(IReadOnlyList<Value> items, int[] places, BitArray? ties = null) : MadeList<Value>, IArranged
{
    public override int Count => places.Length;

    public override Value this[int index] => items[places[index]];

    public int CountTiesBehind(int taken)
    {
        int end = taken;
        while (taken > 0 && end < Count && ties?[end] == true)
            end++;
        return end - taken;
    }

    public int CountTiesBefore(int taken)
    {
        int start = Count - taken;
        while (taken > 0 && start > 0 && start < Count && ties?[start] == true)
            start--;
        return Count - taken - start;
    }
}
