using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// The places of the items of each call, where a call takes items that follow each other: kept as the place of each call's first item.
/// </summary>
/// <param name="starts">The first place of each call.</param>
/// <param name="items">How many items there are.</param>
internal sealed class PackedCalls(IReadOnlyList<int> starts, int items) : MadeList<int[]>
{
    public override int Count => starts.Count;

    public override int[] this[int index]
    {
        get
        {
            int[] places = new int[(index + 1 < starts.Count ? starts[index + 1] : items) - starts[index]];
            for (int i = 0; i < places.Length; i++)
                places[i] = starts[index] + i;
            return places;
        }
    }

    /// <summary>Puts so many items at most into a call, and so many tokens unless one item alone has more.</summary>
    /// <param name="tokens">The tokens of each item.</param>
    /// <param name="maxItems">At least 1.</param>
    /// <param name="maxTokens">The room of a call.</param>
    public static PackedCalls Of(IEnumerable<long> tokens, int maxItems, long maxTokens)
    {
        var starts = new List<int>();
        int items = 0;
        long filled = 0;
        foreach (long size in tokens)
        {
            if (starts.Count == 0 || items - starts[^1] == maxItems || filled + size > maxTokens)
            {
                starts.Add(items);
                filled = 0;
            }

            filled += size;
            items++;
        }

        return new PackedCalls(starts, items);
    }
}
