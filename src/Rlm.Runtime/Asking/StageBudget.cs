using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>
/// How many calls a stage may make: reserved before the first is made, one that asks again when it is known to be needed, and kept to what
/// was confirmed. A stage that may stop before its last item reserves a round at a time.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="caller">The stage's model.</param>
/// <param name="stage">The stage as written, cut to one line.</param>
/// <param name="bound">The stage.</param>
/// <param name="plan">What it asks.</param>
/// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
internal sealed class StageBudget(RunContext run, ModelCaller caller, string stage, BoundStage bound, AskPlan plan, int keepCalls)
{
    private readonly HashSet<CallKey> _again = [];
    private int _mostAgain = int.MaxValue;
    private bool _isConfirmed;
    private int _reserved;
    private int _end;
    private int _made;
    private int _counted;

    /// <summary>How many calls were made of those that cost something.</summary>
    public int Made => _made;

    /// <summary>Reserves calls, and keeps the stage to what was confirmed.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="isWhole">Whether all of them are reserved or none; else as many as are left.</param>
    /// <param name="cancellationToken">Ends the wait for who is asked.</param>
    /// <returns>The end of what is reserved.</returns>
    /// <exception cref="EvaluationException">Nothing was asked yet, and the calls do not fit the budget.</exception>
    public async Task<int> ReserveAsync(int first, int end, bool isWhole, CancellationToken cancellationToken)
    {
        int reserved = Reserve(first, end, isWhole);
        if (!_isConfirmed && run.Consent is { } consent)
            await RequireConsentAsync(consent, first, reserved, cancellationToken).ConfigureAwait(false);
        _end = Math.Max(_end, reserved);
        return reserved;
    }

    public void CountMade() => Interlocked.Increment(ref _made);

    /// <summary>
    /// Whether a call may ask again: one whose reply is there, or that another makes too, costs nothing. Parts of a pack that the model's
    /// window turned out too small for may take more calls than were granted, unless what may be spent was confirmed.
    /// </summary>
    public bool MayAskAgain(StageCall call, bool mayExceed)
    {
        var key = plan.KeyOf(call, caller);
        if (_again.Contains(key) || run.Replies.Has(key))
            return true;
        if (run.IsReplay)
            return false;

        bool isMeant = _again.Count < Math.Min(plan.MostReasksUpTo(_end), _mostAgain) || (mayExceed && run.Consent is null);
        if (!isMeant || run.Budget.Left <= keepCalls || !run.Budget.TryReserve(1))
            return false;

        _reserved++;
        return _again.Add(key);
    }

    /// <summary>Gives back what was not made.</summary>
    public void GiveBack()
    {
        run.Budget.Refund(_reserved - _made);
        _reserved = _made;
    }

    /// <summary>The stage is over.</summary>
    public void Settle()
    {
        GiveBack();
        CountConfirmed();
    }

    private void CountConfirmed()
    {
        run.Consent?.CountMade(bound, _made - _counted);
        _counted = _made;
    }

    private int Reserve(int first, int end, bool isWhole)
    {
        for (; end > first; end--)
        {
            int calls = (int)Math.Min(int.MaxValue, (long)(end - first) * plan.Votes);

            // Calls that are the same, or were made before, cost nothing.
            if (run.Budget.TryReserve(calls) || run.Budget.TryReserve(calls = plan.CountNew(caller, run.Replies, first, end)))
            {
                _reserved += calls;
                return end;
            }

            if (isWhole || (first == 0 && end == 1))
                throw BudgetRefusal.Make(bound, stage, calls, plan, run);
        }

        return first;
    }

    /// <summary>
    /// Keeps the stage to what was confirmed; what was reserved is given back when more is not. A round whose replies are all there may be
    /// the last one, so that what is behind it is confirmed when it is reached.
    /// </summary>
    private async Task RequireConsentAsync(ISpendingConsent consent, int first, int end, CancellationToken cancellationToken)
    {
        int calls = plan.CountNew(caller, run.Replies, first, end) == 0 ? 0 : plan.CountNew(caller, run.Replies, first, plan.Calls.Count);
        CountConfirmed();
        bool isGiven = false;
        try
        {
            _mostAgain = _again.Count + await consent.RequireAsync(
                bound, stage, calls, plan.MostReasksUpTo(plan.Calls.Count), cancellationToken).ConfigureAwait(false);
            _isConfirmed = calls > 0;
            isGiven = true;
        }
        finally
        {
            if (!isGiven)
                GiveBack();
        }
    }
}
