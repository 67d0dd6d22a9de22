namespace Rlm.Runtime.Asking.Packs;

/// <summary>Which items have the prompt of an earlier one, whose reply is theirs, too.</summary>
/// <param name="items">How many items there are.</param>
internal sealed class ItemRepeats(int items)
{
    /// <summary>For each place the next one with the same prompt; 0 for none, since the first place repeats nothing.</summary>
    private readonly int[] _next = new int[items];

    /// <summary>How many items repeat an earlier one.</summary>
    public int Count { get; private set; }

    public void Add(int first, int place)
    {
        (_next[place], _next[first]) = (_next[first], place);
        Count++;
    }

    /// <summary>The places that repeat the item at a place.</summary>
    public IEnumerable<int> Of(int first)
    {
        for (int place = _next[first]; place != 0; place = _next[place])
            yield return place;
    }
}
