using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// The places of the items of each call, where a call takes items that follow each other: kept as the place of each call's first item among
/// those that are asked about.
/// </summary>
/// <param name="starts">The first place of each call.</param>
/// <param name="items">How many items are asked about.</param>
/// <param name="asked">The place of each of them in the list; null where all are asked about.</param>
internal sealed class PackedCalls(IReadOnlyList<int> starts, int items, IReadOnlyList<int>? asked = null) : MadeList<int[]>
{
    public override int Count => starts.Count;

    public override int[] this[int index]
    {
        get
        {
            int[] places = new int[(index + 1 < starts.Count ? starts[index + 1] : items) - starts[index]];
            for (int i = 0; i < places.Length; i++)
                places[i] = asked is null ? starts[index] + i : asked[starts[index] + i];
            return places;
        }
    }

    /// <summary>The same calls about the items at some places of a longer list.</summary>
    public PackedCalls At(IReadOnlyList<int> places) => new(starts, items, places);

    /// <summary>Puts so many items at most into a call, and so many tokens unless one item alone has more.</summary>
    /// <param name="tokens">The tokens of each item.</param>
    /// <param name="maxItems">At least 1.</param>
    /// <param name="maxTokens">The room of a call.</param>
    public static PackedCalls Of(IEnumerable<RowTokens> tokens, int maxItems, long maxTokens)
    {
        var starts = new List<int>();
        int items = 0;
        long filled = 0;
        foreach (var row in tokens)
        {
            long more = row.Between + row.Own;
            if (starts.Count == 0 || items - starts[^1] == maxItems || filled + more + row.After > maxTokens)
            {
                starts.Add(items);
                (filled, more) = (row.Before, row.Own);
            }

            filled += more;
            items++;
        }

        return new PackedCalls(starts, items);
    }
}
