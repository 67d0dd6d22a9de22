using Rlm.Dsl.Types;

namespace Rlm.Runtime.Asking;

/// <summary>What a paid stage will ask: the items, cut into calls, and the type of each reply.</summary>
/// <param name="Items">The items in order; one may be made anew each time that it is looked at, by one thread at a time.</param>
/// <param name="Calls">The places of the items of each call, in order; one place for a call about a single item.</param>
/// <param name="SharedInstruction">The prompt of a call about several items.</param>
/// <param name="Reply">The type of an item's reply, its labels known.</param>
internal sealed record AskPlan(IReadOnlyList<AskItem> Items, IReadOnlyList<int[]> Calls, string SharedInstruction, RlmType Reply)
{
    /// <summary>How many calls there would be with so many rows in one; null where items cannot be packed.</summary>
    public Func<int, int>? CallsWhenPacked { get; init; }

    /// <summary>How many times each call is made, its replies decided by majority.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>Calls, votes included.</summary>
    public int CallCount => (int)Math.Min(int.MaxValue, (long)Calls.Count * Votes);

    /// <summary>Calls that may ask again: as many as there are, or what it takes to find one bad row in a pack.</summary>
    /// <param name="calls">The calls that there are, those that are the same once where that is known.</param>
    public int MostReasks(int calls) => Calls.Select(places => places.Length).DefaultIfEmpty().Max() is > 1 and var rows ? Math.Max(CallCount, MostReasksOfPack(rows)) : calls;

    /// <summary>Calls that find one bad row in a pack by halves, and one about an item alone before that, unless a half is one item.</summary>
    public static int MostReasksOfPack(int rows) => (2 * int.Log2(rows)) + (rows > 3 ? 1 : 0);

    /// <summary>The longest reply of a call in tokens; null for the model's own.</summary>
    public int? MaxReplyTokens { get; init; }
}
