using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>The first calls of a stage go ahead of the others: where no reply of them is of use, all others would be paid for nothing.</summary>
internal sealed partial class StageCalls
{
    /// <summary>Calls about single items that are made before the others. Of calls about several it is one.</summary>
    private const int FirstCalls = 2;

    private FailedValue? _vain;

    /// <summary>After how many calls without a usable reply the stage ended; null where it went on.</summary>
    public int? CallsInVain { get; private set; }

    /// <summary>
    /// Makes the first calls: two that differ, or the first pack and half of it again where nothing of it can be used, then one item alone. The stage is in vain where
    /// that cannot be used either. A smaller call that is of use settles its items; who is asked does not depend on the parallelism.
    /// </summary>
    /// <returns>How many of the calls were made.</returns>
    private async Task<int> AskFirstAsync(AskPlan plan, IEnumerable<StageCall> calls, Value?[][] votes, List<StageCall> unsettled, int keepCalls, ParallelOptions options)
    {
        bool isPacked = plan.Calls[0].Length > 1;
        HashSet<CallKey> keys = [];
        var first = TakeOther(plan, calls, keys, isPacked ? 1 : FirstCalls);
        await AskAllAsync(plan, first, 0, votes, unsettled, options).ConfigureAwait(false);
        int made = first.Count;
        if (!first.TrueForAll(call => call.IsInVain))
            return made;

        int tries = keys.Count;
        foreach (bool isAlone in isPacked ? [false, true] : new[] { true })
        {
            tries++;
            if (first[0].MakeSmaller(isAlone) is { } smaller && IsGranted(plan, smaller, mayExceed: false, keepCalls))
            {
                // What is of no use is no other's concern: its items are asked about again as those of the first call.
                await AskAllAsync(plan, [smaller], made, votes, [], options).ConfigureAwait(false);
                _total++;
                if (smaller.IsNotHeld)
                    _notHeld.Add(MakeNotHeld(plan, smaller));
                if (!isAlone)
                    first[0].Settle(smaller.Places.Except(smaller.Open.Select(pair => pair.Place)));
                if (!smaller.IsInVain)
                    return made;
                continue;
            }

            int known = keys.Count;
            var next = TakeOther(plan, calls.Skip(made), keys, 1);
            await AskAllAsync(plan, next, made, votes, unsettled, options).ConfigureAwait(false);
            made += next.Count;
            if (keys.Count == known || !next.TrueForAll(call => call.IsInVain))
                return made;
        }

        var (place, reason) = first[0].Open.First();
        _vain = first[0].MakeFailure(place, reason);
        CallsInVain = tries;
        return made;
    }

    /// <summary>The calls up to so many that are other ones than those before; the same ones again cost nothing and tell nothing.</summary>
    private List<StageCall> TakeOther(AskPlan plan, IEnumerable<StageCall> calls, HashSet<CallKey> keys, int wanted)
    {
        var taken = new List<StageCall>();
        foreach (var call in calls)
        {
            taken.Add(call);
            if (keys.Add(KeyOf(plan, call)) && --wanted == 0)
                break;
        }

        return taken;
    }
}
