using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// The first calls of a stage go ahead of the others: where no reply of them is of use, all others would be paid for nothing.
/// </summary>
/// <param name="caller">The stage's model.</param>
/// <param name="plan">What the stage asks.</param>
/// <param name="budget">What it may ask.</param>
/// <param name="asker">Makes its calls.</param>
internal sealed class FirstCalls(ModelCaller caller, AskPlan plan, StageBudget budget, StageAsker asker)
{
    /// <summary>Calls about single items that are made before the others. Of calls about several it is one.</summary>
    public const int OfItems = 2;

    /// <summary>What is left of every item where no call was of use; null where the stage goes on.</summary>
    public FailedValue? Vain { get; private set; }

    /// <summary>After how many calls without a usable reply the stage ended; null where it goes on.</summary>
    public int? CallsInVain { get; private set; }

    /// <summary>
    /// Makes the first calls: two that differ, or the first pack and half of it again where nothing of it can be used, then one item
    /// alone. The stage is in vain where that cannot be used either. A smaller call that is of use settles its items; who is asked does
    /// not depend on the parallelism.
    /// </summary>
    /// <param name="calls">The calls of the stage's first round.</param>
    /// <param name="unsettled">Takes those of the calls with items that have no usable reply.</param>
    /// <param name="options">How many are made at the same time.</param>
    /// <returns>How many of the calls were made.</returns>
    public async Task<int> AskAsync(IEnumerable<StageCall> calls, List<StageCall> unsettled, ParallelOptions options)
    {
        bool isPacked = plan.Calls[0].Length > 1;
        HashSet<CallKey> keys = [];
        var first = TakeOther(calls, keys, isPacked ? 1 : OfItems);
        unsettled.AddRange(await asker.AskAllAsync(first, 0, options).ConfigureAwait(false));
        int made = first.Count;
        if (!first.TrueForAll(call => call.IsInVain))
            return made;

        int tries = keys.Count;
        foreach (bool isAlone in isPacked ? [false, true] : new[] { true })
        {
            tries++;
            if (first[0].MakeSmaller(isAlone) is { } smaller && budget.MayAskAgain(smaller, mayExceed: false))
            {
                // What is of no use is no other's concern: its items are asked about again as those of the first call.
                await asker.AskAllAsync([smaller], made, options).ConfigureAwait(false);
                asker.ExpectMore(1);
                if (!isAlone)
                    first[0].Settle(smaller.Places.Except(smaller.Open.Select(pair => pair.Place)));
                if (!smaller.IsInVain)
                    return made;
                continue;
            }

            int known = keys.Count;
            var next = TakeOther(calls.Skip(made), keys, 1);
            unsettled.AddRange(await asker.AskAllAsync(next, made, options).ConfigureAwait(false));
            made += next.Count;
            if (keys.Count == known || !next.TrueForAll(call => call.IsInVain))
                return made;
        }

        var (place, reason) = first[0].Open.First();
        Vain = first[0].MakeFailure(place, reason);
        CallsInVain = tries;
        return made;
    }

    /// <summary>The calls up to so many that are other ones than those before; the same ones again cost nothing and tell nothing.</summary>
    private List<StageCall> TakeOther(IEnumerable<StageCall> calls, HashSet<CallKey> keys, int wanted)
    {
        var taken = new List<StageCall>();
        foreach (var call in calls)
        {
            taken.Add(call);
            if (keys.Add(plan.KeyOf(call, caller)) && --wanted == 0)
                break;
        }

        return taken;
    }
}
