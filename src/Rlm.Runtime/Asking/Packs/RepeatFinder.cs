using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// Finds items whose prompt is equal to that of an earlier one, so that both are asked about once. A hash finds the earlier one, which is
/// then compared in full. So many prompts are known at most; a new one behind them is asked about as often as it occurs.
/// </summary>
/// <param name="items">The items.</param>
/// <param name="comparesSources">Whether a reply is looked for in the text that an item came from, so that it must be equal, too.</param>
/// <param name="maxPrompts">Most prompts that are known.</param>
internal sealed class RepeatFinder(IReadOnlyList<AskItem> items, bool comparesSources, int maxPrompts = RepeatFinder.MaxPrompts)
{
    public const int MaxPrompts = 1 << 18;

    private readonly Dictionary<ulong, int> _firsts = [];

    /// <summary>What was found; null for nothing.</summary>
    public ItemRepeats? Found { get; private set; }

    /// <summary>Takes the next item.</summary>
    /// <returns>Whether an earlier one has its prompt.</returns>
    public bool TryAdd(int place, AskItem item)
    {
        string shown = item.Before.Count + item.After.Count == 0 ? item.Data : string.Join('\n', [.. item.Before, item.Data, .. item.After]);
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(shown.AsSpan()));
        if (_firsts.TryGetValue(hash, out int first))
        {
            if (!AreSame(items[first], item))
                return false;
            (Found ??= new ItemRepeats(items.Count)).Add(first, place);
            return true;
        }

        if (_firsts.Count < maxPrompts)
            _firsts.Add(hash, place);
        return false;
    }

    private bool AreSame(AskItem one, AskItem other) =>
        one.Data == other.Data && one.Instruction == other.Instruction
        && one.Before.SequenceEqual(other.Before) && one.After.SequenceEqual(other.After)
        && (!comparesSources || one.Source?.ToString() == other.Source?.ToString());
}
