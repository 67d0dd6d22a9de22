using Rlm.Runtime.Operators.Look;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// The items of a paid stage that a sampled run asks about: one of each of so many equal stretches of the list, always the same. Rows that
/// go into packs are taken a pack at a time, as the full run makes it, so that the full run has its reply.
/// </summary>
/// <param name="count">How many items.</param>
internal sealed class StageSample(int count)
{
    /// <summary>How many items were taken; null before, and where all are.</summary>
    public int? Taken { get; private set; }

    /// <summary>Of how many.</summary>
    public int Of { get; private set; }

    /// <summary>Most items that are asked about in packs of so many.</summary>
    public long Most(int maxRows) => (long)count + maxRows - 1;

    /// <summary>Some of the items.</summary>
    public IReadOnlyList<Value> Take(IReadOnlyList<Value> items)
    {
        if (items.Count <= count)
            return items;

        (Taken, Of) = (count, items.Count);
        return [.. Pick(count, items.Count).Select(place => items[place])];
    }

    /// <summary>Some of the calls, with as many items at least.</summary>
    /// <param name="plan">The calls.</param>
    /// <param name="taken">Places of items that are asked about beside them, in order.</param>
    public AskPlan Take(AskPlan plan, IReadOnlyList<int>? taken = null)
    {
        int calls = plan.Calls.Count, wanted = calls == 0 ? 0 : (int)Math.Ceiling((double)count * calls / plan.AskedItems);
        if (wanted >= calls)
            return plan;

        int[][] sampled = [.. Pick(wanted, calls).Select(call => plan.Calls[call])];
        int[] asked = [.. sampled.SelectMany(static places => places)], places = [.. asked.Concat(taken ?? []).SelectMany(plan.PlacesOf).Order()];
        (Taken, Of) = (places.Length, plan.Items.Count);
        return plan with { Calls = sampled, AskedItems = asked.Length, Sampled = places };
    }

    /// <summary>One of each of so many equal stretches, always the same.</summary>
    public static IEnumerable<int> Pick(int count, int of)
    {
        var random = new RandomSequence(0);
        for (long i = 0; i < count; i++)
        {
            long start = i * of / count, end = (i + 1) * of / count;
            yield return (int)(start + random.Below(end - start));
        }
    }
}
