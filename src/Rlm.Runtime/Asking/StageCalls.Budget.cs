using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>How many calls the stage may make.</summary>
internal sealed partial class StageCalls
{
    /// <summary>Throws where fewer calls are left than a stage of several levels makes in all.</summary>
    public void RequireBudget(int calls)
    {
        if (run.Budget.Left < calls)
            throw BudgetRefusal.Make(bound, stage, calls, null, run);
    }

    private void Reserve(AskPlan plan, int keepCalls)
    {
        int calls = plan.CallCount;
        if (!run.Budget.TryReserve(calls))
        {
            // Calls that are the same, or were made before, cost nothing.
            calls = plan.CountNew(caller, run.Replies);
            if (!run.Budget.TryReserve(calls))
                throw BudgetRefusal.Make(bound, stage, calls, plan, run);
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
            int again = await consent.RequireAsync(bound, stage, plan.CountNew(caller, run.Replies), _granted, cancellationToken)
                .ConfigureAwait(false);
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

    private CallKey KeyOf(AskPlan plan, StageCall call) =>
        caller.KeyOf(plan.MessagesOf(plan.ItemsAt(call.Places), call.Problem), plan.MaxReplyTokens, call.Sample);

    /// <summary>
    /// Whether a call may ask again: one whose reply is there, or that another makes too, costs nothing. Parts of a pack that the model's
    /// window turned out too small for may take more calls than were granted, unless what may be spent was confirmed.
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
