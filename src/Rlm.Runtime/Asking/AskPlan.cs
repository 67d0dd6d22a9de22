using Microsoft.Extensions.AI;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Asking;

/// <summary>What a paid stage will ask: the items, cut into calls, and the type of each reply.</summary>
/// <param name="Items">The items in order; one may be made anew each time that it is looked at, by one thread at a time.</param>
/// <param name="Calls">The places of the items of each call, in order; one place for a call about a single item.</param>
/// <param name="SharedInstruction">The prompt of a call about several items.</param>
/// <param name="Reply">The type of an item's reply, its labels known.</param>
internal sealed record AskPlan(IReadOnlyList<AskItem> Items, IReadOnlyList<int[]> Calls, string SharedInstruction, RlmType Reply)
{
    private readonly Dictionary<int, ReplyFormat?> _formats = [];

    /// <summary>Items with the prompt of an earlier one, which are not asked about; null for none.</summary>
    public ItemRepeats? Repeats { get; init; }

    /// <summary>Rows whose values are there, which are not asked about; null where rows are not packed.</summary>
    public HeldRows? Held { get; init; }

    /// <summary>Whether the values are to cite.</summary>
    public bool Cites { get; init; }

    /// <summary>The places of the items that a sampled run has, in order; null for all.</summary>
    public IReadOnlyList<int>? Sampled { get; init; }

    /// <summary>Items that were answered before, with their replies; null for none.</summary>
    public string? Examples { get; init; }

    /// <summary>How many items hold nothing that could be asked about.</summary>
    public int BlankItems { get; init; }

    /// <summary>How many items are asked about.</summary>
    public int AskedItems { get; init; } = Items.Count;

    /// <summary>How many calls there would be with so many rows in one; null where items cannot be packed.</summary>
    public Func<int, int>? CallsWhenPacked { get; init; }

    /// <summary>Most rows that a call should be about.</summary>
    public int MostRows { get; init; } = 1;

    /// <summary>How many times each call is made, its replies decided by majority.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>Calls, votes included.</summary>
    public int CallCount => (int)Math.Min(int.MaxValue, (long)Calls.Count * Votes);

    /// <summary>Calls that may ask again: as many as there are, or what it takes to find one bad row in a pack.</summary>
    /// <param name="calls">The calls that there are, those that are the same once where that is known.</param>
    public int MostReasks(int calls) => LongestCall > 1 ? MostReasksUpTo(Calls.Count) : calls;

    /// <summary>The same of the calls before a place among them.</summary>
    public int MostReasksUpTo(int end)
    {
        int calls = (int)Math.Min(int.MaxValue, (long)end * Votes);
        return LongestCall > 1 ? Math.Max(calls, MostReasksOfPack(LongestCall)) : calls;
    }

    private int LongestCall => field > 0 ? field : field = Calls.Select(places => places.Length).DefaultIfEmpty(1).Max();

    /// <summary>
    /// Calls that find one bad row in a pack by halves, and one about an item alone before that, unless a half is one item.
    /// </summary>
    public static int MostReasksOfPack(int rows) => (2 * int.Log2(rows)) + (rows > 3 ? 1 : 0);

    /// <summary>The place of an item that is asked about, and those of the items that repeat it.</summary>
    public IEnumerable<int> PlacesOf(int place) => Repeats is null ? [place] : Repeats.Of(place).Prepend(place);

    /// <summary>The items that repeat each of some places, each of which reads the reply for itself; empty where no item does.</summary>
    public (int Place, AskItem Item)[][] RepeatsOf(IReadOnlyList<int> places) =>
        Repeats is null ? [] : [.. places.Select(first => Repeats.Of(first).Select(place => (place, Items[place])).ToArray())];

    /// <summary>The items at some places.</summary>
    public AskItem[] ItemsAt(IReadOnlyList<int> places)
    {
        if (Items is Neighbours neighbours)
            return neighbours.At(places);

        var items = new AskItem[places.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = Items[places[i]];
        return items;
    }

    /// <summary>What is asked about some items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="problem">What was wrong with an earlier reply; null for the first time.</param>
    public IReadOnlyList<ChatMessage> MessagesOf(IReadOnlyList<AskItem> items, string? problem) => items.Count == 1
        ? AskPrompt.ForItem(items[0], Reply, problem, Examples)
        : AskPrompt.ForRows(this, items, problem);

    /// <summary>What a call asks.</summary>
    public IReadOnlyList<ChatMessage> MessagesOf(StageCall call) => MessagesOf(ItemsAt(call.Places), call.Problem);

    /// <summary>What the reply about so many items is held to; null for nothing.</summary>
    public ReplyFormat? FormatOf(int items)
    {
        lock (_formats)
        {
            if (!_formats.TryGetValue(items, out var format))
                _formats.Add(items, format = ReplyFormat.Of(Reply, items));
            return format;
        }
    }

    /// <summary>What a call is known by.</summary>
    public CallKey KeyOf(StageCall call, ModelCaller caller) => caller.KeyOf(MessagesOf(call), MaxReplyTokens, call.Sample);

    /// <summary>The calls, those that are the same once.</summary>
    public IEnumerable<(IReadOnlyList<ChatMessage> Messages, ReplyFormat? Format, CallKey Key)> ListDistinctCalls(ModelCaller caller) =>
        ListDistinctCalls(caller, 0, Calls.Count);

    private IEnumerable<(IReadOnlyList<ChatMessage> Messages, ReplyFormat? Format, CallKey Key)> ListDistinctCalls(
        ModelCaller caller, int first, int end) =>
        Enumerable.Range(first, end - first).SelectMany(call => Enumerable.Range(0, Votes)
            .Select(sample => (Messages: MessagesOf(ItemsAt(Calls[call]), null), Format: FormatOf(Calls[call].Length), Sample: sample)))
            .Select(call => (call.Messages, call.Format, Key: caller.KeyOf(call.Messages, MaxReplyTokens, call.Sample)))
            .DistinctBy(call => call.Key);

    /// <summary>How many calls have to be made, each once.</summary>
    public int CountNew(ModelCaller caller, ReplyCache replies) => CountNew(caller, replies, 0, Calls.Count);

    /// <summary>How many of some calls have to be made, each once.</summary>
    public int CountNew(ModelCaller caller, ReplyCache replies, int first, int end) =>
        ListDistinctCalls(caller, first, end).Count(call => !replies.Has(call.Key));

    /// <summary>The longest reply of a call in tokens; null for the model's own.</summary>
    public int? MaxReplyTokens { get; init; }
}
