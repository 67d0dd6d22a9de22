using System.Collections;

namespace Rlm.Runtime.Asking;

/// <summary>The places of the items of each call, where a call takes items that follow each other: kept as the place of each call's first item.</summary>
/// <param name="starts">The first place of each call.</param>
/// <param name="items">How many items there are.</param>
internal sealed class PackedCalls(IReadOnlyList<int> starts, int items) : IReadOnlyList<int[]>
{
    public int Count => starts.Count;

    public int[] this[int index]
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
    public static PackedCalls Of(IReadOnlyList<int> tokens, int maxItems, long maxTokens)
    {
        var starts = new List<int>();
        long filled = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (starts.Count == 0 || i - starts[^1] == maxItems || filled + tokens[i] > maxTokens)
            {
                starts.Add(i);
                filled = 0;
            }

            filled += tokens[i];
        }

        return new PackedCalls(starts, tokens.Count);
    }

    public IEnumerator<int[]> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
