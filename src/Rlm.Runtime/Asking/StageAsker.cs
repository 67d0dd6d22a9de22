using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>Makes calls of a stage at the same time, and takes what came of each.</summary>
/// <param name="run">The run.</param>
/// <param name="caller">The stage's model.</param>
/// <param name="plan">What the stage asks.</param>
/// <param name="charge">Counts a call that costs something.</param>
/// <param name="votes">The values of the items, one list a vote, which the calls fill.</param>
internal sealed class StageAsker(RunContext run, ModelCaller caller, AskPlan plan, Action charge, Value?[][] votes)
{
    private const string TooLong = "it was cut off where its tokens ran out; reply in fewer words";

    private readonly List<CallNotHeld> _notHeld = [];
    private int _expected = plan.CallCount;
    private int _done;
    private int _failed;
    private int _succeeded;
    private int _cut;

    /// <summary>How many replies stop where their tokens ran out.</summary>
    public int CutReplies => _cut;

    /// <summary>The calls that a plan came to and that nobody has a reply of.</summary>
    public IReadOnlyList<CallNotHeld> NotHeld => _notHeld;

    /// <summary>Tells that there are more calls than the plan's.</summary>
    public void ExpectMore(int calls) => _expected += calls;

    /// <summary>Tells how many items have failed so far.</summary>
    public void SetFailed(int items) => _failed = items;

    /// <summary>Makes calls at the same time, whose numbers begin with <paramref name="order"/>.</summary>
    /// <returns>Those with items that have no usable reply, in order.</returns>
    public async Task<List<StageCall>> AskAllAsync(IEnumerable<StageCall> calls, int order, ParallelOptions options)
    {
        List<StageCall> unsettled = [];

        // A call is made up when its turn comes, by one thread at a time, and let go when its items have replies.
        await Parallel.ForEachAsync(PrepareCalls(calls, order), options, (call, token) => AskOnceAsync(call, unsettled, token))
            .ConfigureAwait(false);
        List<StageCall> ordered = [.. unsettled.OrderBy(call => call.Order)];
        _notHeld.AddRange(ordered.Where(call => call.IsNotHeld).Select(MakeNotHeld));
        return ordered;
    }

    private IEnumerable<StageCall> PrepareCalls(IEnumerable<StageCall> calls, int order)
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
    private async ValueTask AskOnceAsync(StageCall call, List<StageCall> unsettled, CancellationToken cancellationToken)
    {
        try
        {
            var messages = plan.MessagesOf(call.Items, call.Problem);
            var reply = await caller.CallAsync(
                messages, isShared: true, charge, cancellationToken, plan.MaxReplyTokens, call.Sample, plan.FormatOf(call.Items.Count))
                .ConfigureAwait(false);
            Interlocked.Increment(ref _succeeded);
            Take(call, reply, votes[call.Sample]);
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
            run.Emit(new CallFinished { At = run.Elapsed, Done = done, Calls = Volatile.Read(ref _expected), Failed = failed, Usage = run.Usage });
    }

    private CallNotHeld MakeNotHeld(StageCall call)
    {
        var messages = plan.MessagesOf(call);
        return new CallNotHeld(
            plan.KeyOf(call, caller), call.Places.Count, caller.TokensOf(messages, plan.FormatOf(call.Places.Count)), plan.MaxReplyTokens ?? caller.MaxReplyTokens);
    }

    /// <summary>Reads a reply as the values of the call's items.</summary>
    private void Take(StageCall call, ModelReply reply, Value?[] values)
    {
        string? problem = null;
        int unusable = 0;
        int count = call.Places.Count;
        var rows = count == 1 ? null : PackedReply.Read(reply.Text, count, plan.Reply, plan.Items is Neighbours);

        // The last row of a reply that stops where its tokens ran out is not whole.
        int? cutRow = reply.IsCut && rows is { Count: > 0 } ? rows.Keys.Max() : null;
        for (int i = 0; i < count; i++)
        {
            string? row = rows is null ? reply.Text : i + 1 == cutRow ? null : rows.GetValueOrDefault(i + 1);
            var reading = row is not null
                ? call.Items[i].Read(plan.Reply, row)
                : ReplyReading.MakeWrong(reply.IsCut ? TooLong : "a row had no line of its own");
            if (reply.IsCut && count == 1)
            {
                if (reading.Problem is not null)
                    reading = ReplyReading.MakeWrong(TooLong);
                else if (call.Sample == 0)
                    Interlocked.Increment(ref _cut);
            }

            if (reading.Problem is { } wrongItem)
                (problem, unusable) = (problem ?? wrongItem, unusable + 1);

            // An item that was asked about alone keeps what came of it.
            values[call.Places[i]] = call.Take(i, reading, row ?? reply.Text) ?? values[call.Places[i]];
            if (reading.Problem is not null || call.Repeats.Length == 0)
                continue;

            // Each is read for itself, since a quote stands in the text of its own row, and so does what is cited.
            foreach (var (place, item) in call.Repeats[i])
            {
                var same = item.Read(plan.Reply, row!);
                values[place] = same.Problem is { } wrong ? new FailedValue(wrong) : same.Value;
            }
        }

        if (problem is not null && run.Journal is not null)
            run.Write(new UnusableReply(plan.KeyOf(call, caller).ToString(), run.Elapsed, unusable, count, problem));
    }

    /// <summary>Whether every further call would fail the same way.</summary>
    private bool IsFatal(ModelException exception) => exception.Failure switch
    {
        ModelFailure.NotChosen => !run.IsPlan,
        ModelFailure.Unreachable or ModelFailure.Disconnected => Volatile.Read(ref _succeeded) == 0,
        _ => exception.IsForAll,
    };
}
