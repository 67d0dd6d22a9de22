using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>The questions about items, each with the items beside it, which are shown as context.</summary>
/// <param name="questions">The questions alone.</param>
/// <param name="reach">How many items are shown before one, and behind it.</param>
internal sealed class Neighbours(AskItems questions, int reach) : MadeList<AskItem>
{
    private const string Failed = "(failed)";

    public override int Count => questions.Count;

    public override AskItem this[int index] => At([index])[0];

    /// <summary>What one call asks about: what stands between its items and beside them is shown once, in the order of the list.</summary>
    public AskItem[] At(IReadOnlyList<int> places)
    {
        var items = new AskItem[places.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = questions[places[i]] with { Before = i == 0 ? Show(places[i] - reach, places[i]) : Between(places[i - 1], places[i]) };
        if (items.Length > 0)
            items[^1] = items[^1] with { After = Show(places[^1] + 1, places[^1] + 1 + reach) };
        return items;
    }

    /// <summary>What is shown between two items of a call.</summary>
    public IReadOnlyList<string> Between(int first, int second)
    {
        int behind = Math.Min(second, first + 1 + reach);
        return [.. Show(first + 1, behind), .. Show(Math.Max(behind, second - reach), second)];
    }

    private string[] Show(int start, int end)
    {
        start = Math.Max(0, start);
        return [.. Enumerable.Range(start, Math.Max(0, Math.Min(Count, end) - start))
            .Select(place => questions.FindFailedAt(place) is null ? questions.ShowAt(place) : Failed)];
    }
}
