using Rlm.Dsl.Binding;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Events;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// Makes the calls of one paid stage: reserved before the first one, in parallel, in order. Items whose reply was missing or illegal are
/// asked about again after the others, as far as the budget allows, so that who is asked does not depend on who was fastest. An item
/// without a usable reply is a failed value, and so is one that tokens or money did not reach.
/// </summary>
internal sealed partial class StageCalls(RunContext run, ModelCaller caller, string stage, BoundStage bound)
{
    /// <summary>
    /// Calls until it is looked whether there are enough results: one pack at first, then twice as many each time, up to so many. The
    /// same at any parallelism, so that the same calls are made. Of calls about single items the first are as many as tell that a stage
    /// is in vain.
    /// </summary>
    private const int RoundCalls = 8, FirstRoundOfItems = FirstCalls + 1;

    private const string TooLong = "it was cut off where its tokens ran out; reply in fewer words";

    private readonly HashSet<CallKey> _again = [];
    private int _reserved;
    private int _made;
    private int _granted;
    private int _done;
    private int _total;
    private int _failed;
    private int _succeeded;
    private int _cut;
    private int _shortVotes;
    private string? _overLimit;

    /// <summary>How many replies stop where their tokens ran out.</summary>
    public int CutReplies => _cut;

    /// <summary>How many items were decided by fewer votes than asked for, since a limit was reached.</summary>
    public int ShortVotes => _shortVotes;

    private Action Charge => field ??= () => Interlocked.Increment(ref _made);

    /// <summary>The value of each item, in order.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="isEnough">
    /// Told the values of the items up to the first one that was not asked about, after each round of calls; true ends the stage. Null
    /// asks about everything at once.
    /// </param>
    /// <param name="cancellationToken">Cancels calls in flight.</param>
    /// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
    /// <exception cref="EvaluationException">The calls do not fit the budget and none was made.</exception>
    public async Task<Value?[]> AskAsync(
        AskPlan plan, Func<IEnumerable<Value?>, bool>? isEnough, CancellationToken cancellationToken, int keepCalls = 0)
    {
        var values = new Value?[plan.Items.Count];
        if (plan.Calls.Count == 0)
            return values;

        Reserve(plan, keepCalls);
        await RequireConsentAsync(plan, cancellationToken).ConfigureAwait(false);
        _total = plan.CallCount;
        run.Emit(new StageStarted(run.Elapsed, stage, _total));
        run.Parallelism?.BeginStage();
        run.Deadline.BeginStage();
        try
        {
            Value?[][] votes = [.. Enumerable.Range(0, plan.Votes).Select(sample => sample == 0 ? values : new Value?[values.Length])];
            int round = isEnough is null ? plan.Calls.Count : plan.Calls[0].Length > 1 ? 1 : FirstRoundOfItems;
            for (int first = 0, end; first < plan.Calls.Count; first = end, round = Math.Min(2 * round, RoundCalls))
            {
                end = Math.Min(first + round, plan.Calls.Count);
                await AskRoundAsync(plan, first, end, votes, keepCalls, cancellationToken).ConfigureAwait(false);
                if (_vain is { } vain)
                {
                    Array.Fill(values, vain);
                    _failed = values.Length;
                    break;
                }

                if (plan.Votes > 1)
                {
                    var places = Enumerable.Range(first, end - first).SelectMany(call => plan.Calls[call]).SelectMany(plan.PlacesOf);
                    foreach (int place in places)
                    {
                        Value?[] cast = [.. votes.Select(sample => sample[place])];
                        values[place] = Votes.FindMajority(cast);
                        bool isShort = values[place] is not FailedValue && cast.Any(value => value is FailedValue { IsOverLimit: true });
                        _shortVotes += isShort ? 1 : 0;
                    }
                }

                _failed = values.Count(value => value is FailedValue);
                if (isEnough?.Invoke(values.Take(end < plan.Calls.Count ? plan.Calls[end][0] : values.Length)) == true)
                    break;
                if (_overLimit is { } reason)
                {
                    // What was paid for stays; the items behind are told apart from those that a stage did not want.
                    for (int place = 0; place < values.Length; place++)
                        values[place] ??= new FailedValue(reason) { IsOverLimit = true };
                    break;
                }
            }
        }
        finally
        {
            run.Deadline.EndStage();
            run.Budget.Refund(_reserved + _granted - _made);
            run.Consent?.CountMade(bound, _made);
            run.Replies.ForgetFailures();
        }

        run.Emit(new StageFinished(run.Elapsed, stage, _made, _failed));
        return values;
    }

    /// <summary>
    /// Asks about the items of some calls, and again about those without a usable reply. The first calls of all go ahead of the others.
    /// </summary>
    private async Task AskRoundAsync(AskPlan plan, int first, int end, Value?[][] votes, int keepCalls, CancellationToken cancellationToken)
    {
        int parallel = caller.Traits.IsThreadSafe ? Math.Max(1, run.Options.Parallel ?? AdaptiveParallelism.Most) : 1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        var open = CallsOf(plan, first, end);
        var unsettled = new List<StageCall>();
        int ahead = first == 0 ? await AskFirstAsync(plan, open, votes, unsettled, keepCalls, options).ConfigureAwait(false) : 0;
        if (_vain is not null)
            return;

        for (int count = int.MaxValue; count > 0; ahead = 0)
        {
            // A call is made up when its turn comes, by one thread at a time, and let go when its items have replies.
            await AskAllAsync(plan, open.Skip(ahead), ahead, votes, unsettled, options).ConfigureAwait(false);
            List<StageCall> next = [];
            foreach (var call in unsettled.OrderBy(call => call.Order))
            {
                if (call.IsNotHeld)
                    _notHeld.Add(MakeNotHeld(plan, call));
                var again = call.MakeNext();
                var refused = again.Where(part => !IsGranted(plan, part, mayExceed: call.IsTooLong, keepCalls)).ToList();
                next.AddRange(again.Except(refused));
                var unasked = again.Count == 0
                    ? call.Open
                    : refused.SelectMany(part => part.Places).Join(call.Open, place => place, pair => pair.Place, (_, pair) => pair);
                foreach (var (place, reason) in unasked)
                    Fail(plan, votes[call.Sample], place, call.MakeFailure(place, reason));
                _overLimit ??= call.OverLimit;
            }

            _total += count = next.Count;
            open = next;
            unsettled.Clear();
        }
    }

    private static void Fail(AskPlan plan, Value?[] values, int place, FailedValue failed)
    {
        foreach (int same in plan.PlacesOf(place))
            values[same] ??= failed;
    }

    /// <summary>
    /// Makes calls at the same time, whose numbers begin with <paramref name="order"/>; those with items that have no usable reply are
    /// added to
    /// <paramref name="unsettled"/>.
    /// </summary>
    private Task AskAllAsync(
        AskPlan plan, IEnumerable<StageCall> calls, int order, Value?[][] votes, List<StageCall> unsettled, ParallelOptions options) =>
        Parallel.ForEachAsync(
            PrepareCalls(plan, calls, order), options, (call, token) => AskOnceAsync(plan, call, votes[call.Sample], unsettled, token));

    private static IEnumerable<StageCall> CallsOf(AskPlan plan, int first, int end)
    {
        for (int call = first; call < end; call++)
        {
            for (int sample = 0; sample < plan.Votes; sample++)
                yield return new StageCall(plan.Calls[call], sample);
        }
    }

    private static IEnumerable<StageCall> PrepareCalls(AskPlan plan, IEnumerable<StageCall> calls, int order)
    {
        foreach (var call in calls)
        {
            call.Order = order++;
            call.Items = plan.ItemsAt(call.Places);
            call.Repeats = plan.RepeatsOf(call.Places);
            yield return call;
        }
    }

    /// <summary>
    /// Makes a call and takes what came of it; one with items that have no usable reply is added to <paramref name="unsettled"/>.
    /// </summary>
    private async ValueTask AskOnceAsync(
        AskPlan plan, StageCall call, Value?[] values, List<StageCall> unsettled, CancellationToken cancellationToken)
    {
        try
        {
            var messages = plan.MessagesOf(call.Items, call.Problem);
            var reply = await caller.CallAsync(messages, isShared: true, Charge, cancellationToken, plan.MaxReplyTokens, call.Sample)
                .ConfigureAwait(false);
            Interlocked.Increment(ref _succeeded);
            Take(plan, call, reply, values);
        }
        catch (ModelException exception) when (!IsFatal(exception))
        {
            call.Fail(exception);
        }
        catch (LimitReachedException exception)
        {
            call.Stop(exception);
        }

        int items = call.IsHopeless ? call.Places.Sum(place => plan.PlacesOf(place).Count()) : 0;
        (call.Items, call.Repeats) = ([], []);
        if (!call.IsSettled)
        {
            lock (unsettled)
                unsettled.Add(call);
        }

        if (call.OverLimit is not null)
            return;

        int failed = Interlocked.Add(ref _failed, items), done = Interlocked.Increment(ref _done);
        if (run.TellsCalls)
            run.Emit(new CallFinished(run.Elapsed, done, Volatile.Read(ref _total), failed));
    }

    /// <summary>Reads a reply as the values of the call's items.</summary>
    private void Take(AskPlan plan, StageCall call, ModelReply reply, Value?[] values)
    {
        int count = call.Places.Count;
        var rows = count == 1 ? null : PackedReply.Read(reply.Text, count, plan.Reply);

        // The last row of a reply that stops where its tokens ran out is not whole.
        int? cutRow = reply.IsCut && rows is { Count: > 0 } ? rows.Keys.Max() : null;
        for (int i = 0; i < count; i++)
        {
            string? row = rows is null ? reply.Text : i + 1 == cutRow ? null : rows.GetValueOrDefault(i + 1);
            var reading = row is not null
                ? ReplyReader.Read(plan.Reply, row, call.Items[i].Source)
                : ReplyReading.MakeWrong(reply.IsCut ? TooLong : "a row had no line of its own");
            if (reply.IsCut && count == 1)
            {
                if (reading.Problem is not null)
                    reading = ReplyReading.MakeWrong(TooLong);
                else if (call.Sample == 0)
                    Interlocked.Increment(ref _cut);
            }

            // An item that was asked about alone keeps what came of it.
            values[call.Places[i]] = call.Take(i, reading, row ?? reply.Text) ?? values[call.Places[i]];
            if (reading.Problem is not null || call.Repeats.Length == 0)
                continue;

            // Each is read for itself, since a quote stands in the text of its own row.
            foreach (var (place, source) in call.Repeats[i])
            {
                var same = ReplyReader.Read(plan.Reply, row!, source);
                values[place] = same.Problem is { } wrong ? new FailedValue(wrong) : same.Value;
            }
        }
    }

    /// <summary>Whether every further call would fail the same way.</summary>
    private bool IsFatal(ModelException exception) => exception.Failure switch
    {
        ModelFailure.Unauthorized or ModelFailure.NotFound or ModelFailure.QuotaExhausted or ModelFailure.Insecure => true,
        ModelFailure.NotChosen => !run.IsPlan,
        ModelFailure.Unreachable or ModelFailure.Disconnected => Volatile.Read(ref _succeeded) == 0,
        _ => false,
    };
}
