using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Asking;

/// <summary>How many calls the stage may make.</summary>
internal sealed partial class StageCalls
{
    private const string Smaller = "filter first with `grep` or `where`, cut larger chunks, or take a `sample`; counting and grouping are free";

    /// <summary>Throws where fewer calls are left than a stage of several levels makes in all.</summary>
    public void RequireBudget(int calls)
    {
        if (run.Budget.Left < calls)
            throw MakeRefusal(calls, null);
    }

    private void Reserve(AskPlan plan, int keepCalls)
    {
        int calls = plan.CallCount;
        if (!run.Budget.TryReserve(calls))
        {
            // Calls that are the same, or were made before, cost nothing.
            calls = plan.CountNew(caller, run.Replies);
            if (!run.Budget.TryReserve(calls))
                throw MakeRefusal(calls, plan);
        }

        _reserved = calls;

        // Even where every first reply is held, those that ask again may be missing, as after a kill.
        _granted = run.Budget.ReserveUpTo(Math.Max(0, Math.Min(plan.MostReasks(plan.CallCount), run.Budget.Left - keepCalls)));
    }

    /// <summary>Keeps the stage to what was confirmed; what was reserved is given back when more is not.</summary>
    private async Task RequireConsentAsync(AskPlan plan, CancellationToken cancellationToken)
    {
        if (run.Consent is not { } consent)
            return;

        bool isGiven = false;
        try
        {
            int again = await consent.RequireAsync(bound, stage, plan.CountNew(caller, run.Replies), _granted, cancellationToken).ConfigureAwait(false);
            run.Budget.Refund(_granted - again);
            _granted = again;
            isGiven = true;
        }
        finally
        {
            if (!isGiven)
                run.Budget.Refund(_reserved + _granted);
        }
    }

    /// <summary>The refusal, with the numbers, and a form that what is left pays for.</summary>
    private EvaluationException MakeRefusal(int calls, AskPlan? plan)
    {
        int left = run.Budget.Left;
        string help = left == 0 ? "go on with what the variables hold; counting, filtering and sorting are free" : plan is null ? Smaller : HelpOf(plan, left);
        return new EvaluationException(bound.HeadSpan, Invariant($"`{stage}` would make {Amount.Of(calls, "call")}; {left:N0} {Amount.Agree(left, "{is|are}")} left of {run.Options.MaxCalls:N0}"), help)
        {
            Descriptor = RuntimeDiagnostics.OverBudget,
        };
    }

    /// <summary>Packs that fit, else how many items do. A fifth of the calls stays for rows that are asked about again.</summary>
    private static string HelpOf(AskPlan plan, int left)
    {
        int room = Math.Max(1, left * 4 / 5) / plan.Votes, rows = Math.Min(plan.Items.Count, plan.MostRows);
        if (Packing(plan, room, rows) is var (fitting, packed))
            return Invariant($"`pack {fitting}` would need {packed * plan.Votes:N0}; or filter first with `grep` or `where`, or take a `sample`");

        int calls = Math.Min(plan.CallsWhenPacked?.Invoke(rows) ?? int.MaxValue, plan.Calls.Count);
        long items = room * (long)plan.Items.Count / calls;
        string pack = calls < plan.Calls.Count ? Invariant($" and `pack {rows}`") : "";
        return items == 0 ? Smaller : Invariant($"`sample {items}` before it{pack} would need {room * plan.Votes:N0}; or filter first with `grep` or `where`");
    }

    private CallKey KeyOf(AskPlan plan, StageCall call) => caller.KeyOf(plan.MessagesOf(plan.ItemsAt(call.Places), call.Problem), plan.MaxReplyTokens, call.Sample);

    /// <summary>Rows in a call, and calls, where so many calls are enough with <paramref name="most"/> rows in each at most; null where they are not.</summary>
    private static (int Pack, int Calls)? Packing(AskPlan plan, int room, int most)
    {
        if (plan.CallsWhenPacked is not { } callsWhenPacked || room < 1 || callsWhenPacked(most) is var fewest && fewest > room)
            return null;

        for (int pack = Math.Max(2, (plan.Items.Count + room - 1) / room); pack < most; pack += Math.Max(1, pack / 4))
        {
            if (callsWhenPacked(pack) is var calls && calls <= room)
                return (pack, calls);
        }

        return (most, fewest);
    }

    /// <summary>
    /// Whether a call may ask again: one whose reply is there, or that another makes too, costs nothing. Parts of a pack that the model's window turned out too
    /// small for may take more calls than were granted, unless what may be spent was confirmed.
    /// </summary>
    private bool IsGranted(AskPlan plan, StageCall call, bool mayExceed, int keepCalls)
    {
        var key = KeyOf(plan, call);
        if (_again.Contains(key) || run.Replies.Has(key))
            return true;

        if (_again.Count == _granted && mayExceed && run.Consent is null && run.Budget.Left > keepCalls && run.Budget.TryReserve(1))
            _granted++;
        return _again.Count < _granted && _again.Add(key);
    }
}
