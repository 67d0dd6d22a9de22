using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// Makes the calls of one paid stage: reserved before the first one, in parallel, in order. Items whose reply was missing or illegal are
/// asked about again after the others, as far as the budget allows, so that who is asked does not depend on who was fastest. An item
/// without a usable reply is a failed value, and so is one that tokens or money did not reach.
/// </summary>
internal sealed class StageCalls
{
    /// <summary>
    /// Calls until it is looked whether there are enough results: one pack at first, then twice as many each time, up to so many. The
    /// same at any parallelism, so that the same calls are made. Of calls about single items the first are as many as tell that a stage
    /// is in vain.
    /// </summary>
    private const int RoundCalls = 8, FirstRoundOfItems = FirstCalls.OfItems + 1;

    private readonly RunContext _run;
    private readonly ModelCaller _caller;
    private readonly string _stage;
    private readonly AskPlan _plan;
    private readonly Value?[][] _votes;
    private readonly StageBudget _budget;
    private readonly StageAsker _asker;
    private readonly FirstCalls _first;
    private string? _overLimit;

    /// <summary>Calls that are not made yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="caller">The stage's model.</param>
    /// <param name="stage">The stage as written, cut to one line.</param>
    /// <param name="bound">The stage.</param>
    /// <param name="plan">What to ask.</param>
    /// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
    public StageCalls(RunContext run, ModelCaller caller, string stage, BoundStage bound, AskPlan plan, int keepCalls)
    {
        (_run, _caller, _stage, _plan) = (run, caller, stage, plan);
        _votes = [.. Enumerable.Range(0, plan.Votes).Select(_ => new Value?[plan.Items.Count])];
        _budget = new StageBudget(run, caller, stage, bound, plan, keepCalls);
        _asker = new StageAsker(run, caller, plan, _budget.CountMade, _votes);
        _first = new FirstCalls(caller, plan, _budget, _asker);
    }

    /// <inheritdoc cref="StageAsker.CutReplies"/>
    public int CutReplies => _asker.CutReplies;

    /// <summary>How many items were decided by fewer votes than asked for, since a limit was reached.</summary>
    public int ShortVotes { get; private set; }

    /// <inheritdoc cref="FirstCalls.CallsInVain"/>
    public int? CallsInVain => _first.CallsInVain;

    /// <summary>How many items were not asked about, since no call was left; 0 where the stage came to its end.</summary>
    public int Unasked { get; private set; }

    /// <inheritdoc cref="StageAsker.NotHeld"/>
    public IReadOnlyList<CallNotHeld> NotHeld => _asker.NotHeld;

    /// <summary>The value of each item, in order; of a stage that ended early those before the first that was not asked about.</summary>
    /// <param name="isEnough">
    /// Told these values after each round of calls; true ends the stage. Null asks about everything at once.
    /// </param>
    /// <param name="cancellationToken">Cancels calls in flight.</param>
    /// <exception cref="EvaluationException">The calls do not fit the budget and none was made.</exception>
    public async Task<Value?[]> AskAsync(Func<ArraySegment<Value?>, bool>? isEnough, CancellationToken cancellationToken)
    {
        var values = _votes[0];
        TakeHeld();
        if (_plan.Calls.Count == 0)
            return values;
        if (_plan.Held is { Found.Count: > 0 } && isEnough?.Invoke(new ArraySegment<Value?>(values, 0, _plan.Calls[0][0])) == true)
            return values[.._plan.Calls[0][0]];

        int round = isEnough is null ? _plan.Calls.Count : _plan.Calls[0].Length > 1 ? 1 : FirstRoundOfItems;
        int end = await ReserveAsync(0, round, isEnough is null, cancellationToken).ConfigureAwait(false);
        int known = 0, failed = 0;
        _run.Emit(new StageStarted { At = _run.Elapsed, Stage = _stage, Calls = _plan.CallCount });
        _run.Parallelism?.BeginStage();
        _run.Deadline.BeginStage();
        try
        {
            for (int first = 0; first < end;)
            {
                await AskRoundAsync(first, end, cancellationToken).ConfigureAwait(false);
                if (_first.Vain is { } vain)
                {
                    for (int place = 0; place < values.Length; place++)
                        values[place] ??= vain;
                    (failed, known) = (values.Count(value => value is FailedValue), values.Length);
                    break;
                }

                int[] asked = [.. Enumerable.Range(first, end - first).SelectMany(call => _plan.Calls[call])];
                // Others asked about these rows, and again: a row whose replies were all of no use stays failed.
                _plan.Held?.Keep(asked, _votes, withFailed: _run.IsReplay && NotHeld.Count == 0);
                DecideVotes(asked);
                failed = values.Count(value => value is FailedValue);
                _asker.SetFailed(failed);
                known = end < _plan.Calls.Count ? _plan.Calls[end][0] : values.Length;
                if (isEnough?.Invoke(new ArraySegment<Value?>(values, 0, known)) == true)
                    break;
                if (_overLimit is { } reason)
                {
                    // What was paid for stays; the items behind are told apart from those that a stage did not want.
                    for (int place = 0; place < values.Length; place++)
                        values[place] ??= new FailedValue(reason) { IsOverLimit = true };
                    known = values.Length;
                    break;
                }

                _budget.GiveBack();
                (first, round) = (end, Math.Min(2 * round, RoundCalls));
                end = await ReserveAsync(first, round, isWhole: false, cancellationToken).ConfigureAwait(false);
                Unasked = end == first ? values.Length - known : 0;
            }
        }
        finally
        {
            _run.Deadline.EndStage();
            _budget.Settle();
            _run.Replies.ForgetFailures();
        }

        _run.Emit(new StageFinished { At = _run.Elapsed, Stage = _stage, Calls = _budget.Made, Failed = failed });
        return values[..known];
    }

    /// <summary>Reserves a round of calls; gives its end, which is its beginning where no call is left, or none has to be made.</summary>
    private Task<int> ReserveAsync(int first, int calls, bool isWhole, CancellationToken cancellationToken) =>
        _budget.ReserveAsync(first, Math.Min(first + calls, _plan.Calls.Count), isWhole, cancellationToken);

    /// <summary>
    /// Asks about the items of some calls, and again about those without a usable reply. The first calls of all go ahead of the others.
    /// </summary>
    private async Task AskRoundAsync(int first, int end, CancellationToken cancellationToken)
    {
        int parallel = _caller.Traits.IsThreadSafe ? Math.Max(1, _run.Options.Parallel ?? AdaptiveParallelism.Most) : 1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        var open = ListCalls(first, end);
        List<StageCall> unsettled = [];
        int ahead = first == 0 ? await _first.AskAsync(open, unsettled, options).ConfigureAwait(false) : 0;
        if (_first.Vain is not null)
            return;

        for (int count = int.MaxValue; count > 0; ahead = 0)
        {
            unsettled.AddRange(await _asker.AskAllAsync(open.Skip(ahead), ahead, options).ConfigureAwait(false));
            List<StageCall> next = [];
            foreach (var call in unsettled)
            {
                next.AddRange(TakeNext(call));
                _overLimit ??= call.OverLimit;
            }

            _asker.ExpectMore(count = next.Count);
            open = next;
            unsettled.Clear();
        }
    }

    /// <summary>The calls to make instead of one with items that have no usable reply; items that none of them asks about fail.</summary>
    private List<StageCall> TakeNext(StageCall call)
    {
        var again = call.MakeNext();
        var refused = again.Where(part => !_budget.MayAskAgain(part, mayExceed: call.IsTooLong)).ToList();
        var unasked = again.Count == 0
            ? call.Open
            : refused.SelectMany(part => part.Places).Join(call.Open, place => place, pair => pair.Place, (_, pair) => pair);
        foreach (var (place, reason) in unasked)
        {
            var failed = call.MakeFailure(place, reason);
            foreach (int same in _plan.PlacesOf(place))
                _votes[call.Sample][same] ??= failed;
        }

        return [.. again.Except(refused)];
    }

    private IEnumerable<StageCall> ListCalls(int first, int end)
    {
        for (int call = first; call < end; call++)
        {
            for (int sample = 0; sample < _plan.Votes; sample++)
                yield return new StageCall(_plan.Calls[call], sample);
        }
    }

    /// <summary>Takes the values that the run has of rows.</summary>
    private void TakeHeld()
    {
        if (_plan.Held is not { Found.Count: > 0 } held)
            return;

        foreach (var (place, votes) in held.Found)
        {
            foreach (int same in _plan.PlacesOf(place))
            {
                for (int sample = 0; sample < votes.Length; sample++)
                    _votes[sample][same] = votes[sample];
            }
        }

        DecideVotes(held.Found.Select(found => found.Place));
    }

    /// <summary>Makes the values of some items, and of those that repeat them, those that most votes gave.</summary>
    private void DecideVotes(IEnumerable<int> asked)
    {
        if (_plan.Votes == 1)
            return;

        foreach (int place in asked.SelectMany(_plan.PlacesOf))
        {
            Value?[] cast = [.. _votes.Select(sample => sample[place])];
            var value = _votes[0][place] = Votes.FindMajority(cast);
            bool isShort = value is not FailedValue && cast.Any(vote => vote is FailedValue { IsOverLimit: true });
            ShortVotes += isShort ? 1 : 0;
        }
    }
}
