using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>Items that follow each other in a list.</summary>
/// <param name="Items">The list.</param>
/// <param name="Start">The place of the first one.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct ItemRun(IReadOnlyList<Value> Items, int Start, int Count)
{
    /// <summary>The list cut into runs of so many items; the last may have fewer.</summary>
    public static IEnumerable<ItemRun> Cut(IReadOnlyList<Value> items, int count)
    {
        for (int start = 0; start < items.Count; start += count)
            yield return new ItemRun(items, start, Math.Min(count, items.Count - start));
    }

    public Value[] ToArray()
    {
        var values = new Value[Count];
        for (int i = 0; i < Count; i++)
            values[i] = Items[Start + i];
        return values;
    }
}
