using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>
/// How many calls a stage may make: reserved before the first one, together with those that ask again, and kept to what was confirmed.
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
    private int _reserved;
    private int _granted;
    private int _made;

    /// <summary>How many calls were made of those that cost something.</summary>
    public int Made => _made;

    /// <summary>Reserves the calls, and keeps them to what was confirmed.</summary>
    /// <exception cref="EvaluationException">The calls do not fit the budget.</exception>
    public Task ReserveAsync(CancellationToken cancellationToken)
    {
        Reserve();
        return RequireConsentAsync(cancellationToken);
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

        if (_again.Count == _granted && mayExceed && run.Consent is null && run.Budget.Left > keepCalls && run.Budget.TryReserve(1))
            _granted++;
        return _again.Count < _granted && _again.Add(key);
    }

    /// <summary>Gives back what was not made.</summary>
    public void Settle()
    {
        run.Budget.Refund(_reserved + _granted - _made);
        run.Consent?.CountMade(bound, _made);
    }

    private void Reserve()
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
    private async Task RequireConsentAsync(CancellationToken cancellationToken)
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
}
