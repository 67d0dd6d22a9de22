using Microsoft.Extensions.AI;
using Rlm.Dsl.Text;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Events;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// Makes the calls of one paid stage: reserved before the first one, in parallel, in order, with one more question about rows whose reply
/// was missing or illegal as far as the budget allows. An item without a usable reply is a failed value.
/// </summary>
internal sealed class StageCalls(RunContext run, ModelCaller caller, string stage, SourceSpan span)
{
    private const int MaxRounds = 2;

    /// <summary>Calls until it is looked whether there are enough results: the same at any parallelism, so that the same calls are made.</summary>
    private const int RoundCalls = 8;

    private int _reserved;
    private int _made;
    private int _granted;
    private int _allowance;
    private int _done;
    private int _total;
    private int _failed;
    private int _succeeded;

    /// <summary>The value of each item, in order.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="isEnough">Told the values so far after each round of calls; true ends the stage. Null asks about everything at once.</param>
    /// <param name="cancellationToken">Cancels calls in flight.</param>
    /// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
    /// <exception cref="EvaluationException">The calls do not fit the budget and none was made, or tokens or money ran out.</exception>
    public async Task<Value?[]> AskAsync(AskPlan plan, Func<Value?[], bool>? isEnough, CancellationToken cancellationToken, int keepCalls = 0)
    {
        var values = new Value?[plan.Items.Count];
        if (plan.Calls.Count == 0)
            return values;

        Reserve(plan, keepCalls);
        await RequireConsentAsync(plan, cancellationToken).ConfigureAwait(false);
        run.Emit(new StageStarted(run.Elapsed, stage, plan.Calls.Count));
        _total = plan.Calls.Count;
        try
        {
            int parallel = caller.Traits.IsThreadSafe ? Math.Max(1, run.Options.Parallel) : 1;
            int step = isEnough is null ? plan.Calls.Count : RoundCalls;
            for (int start = 0; start < plan.Calls.Count; start += step)
            {
                var round = plan.Calls.Skip(start).Take(step);
                var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
                await Parallel.ForEachAsync(round, options, async (places, token) => await AskAsync(plan, places, values, token).ConfigureAwait(false)).ConfigureAwait(false);
                if (isEnough?.Invoke(values) == true)
                    break;
            }
        }
        catch (LimitReachedException exception)
        {
            throw new EvaluationException(span, exception.Message, "answer with what the variables hold; counting, filtering and sorting are free")
            {
                Descriptor = RuntimeDiagnostics.OverBudget,
            };
        }
        finally
        {
            run.Budget.Refund(_reserved + _granted - _made);
            run.Replies.ForgetFailures();
        }

        run.Emit(new StageFinished(run.Elapsed, stage, _made, values.Count(value => value is FailedValue)));
        return values;
    }

    /// <summary>Throws where fewer calls are left than a stage of several levels makes in all.</summary>
    public void RequireBudget(int calls)
    {
        if (run.Budget.Left < calls)
            throw Refused(calls, null);
    }

    private void Reserve(AskPlan plan, int keepCalls)
    {
        int calls = plan.Calls.Count;
        if (!run.Budget.TryReserve(calls))
        {
            // Calls that are the same, or were made before, cost nothing.
            calls = plan.Calls.Select(places => caller.KeyOf(MessagesOf(plan, places, null), plan.MaxReplyTokens)).Distinct().Count(key => !run.Replies.Has(key));
            if (!run.Budget.TryReserve(calls))
                throw Refused(calls, plan);
        }

        _reserved = calls;

        // Re-asks stay inside a bound of twice the calls, and inside what is left.
        _granted = _allowance = run.Budget.ReserveUpTo(Math.Max(0, Math.Min(calls, run.Budget.Left - keepCalls)));
    }

    /// <summary>Asks whoever wants to be asked; what was reserved is given back when the answer is no.</summary>
    private async Task RequireConsentAsync(AskPlan plan, CancellationToken cancellationToken)
    {
        if (run.Options.Confirm is not { } confirm)
            return;

        bool isGiven = false;
        try
        {
            var messages = plan.Calls.Select(places => MessagesOf(plan, places, null))
                .DistinctBy(call => caller.KeyOf(call, plan.MaxReplyTokens)).Where(call => !run.Replies.Has(caller.KeyOf(call, plan.MaxReplyTokens))).ToList();
            long input = messages.Sum(call => call.Sum(message => TokenEstimate.OfText(message.Text)));
            long output = (long)messages.Count * (plan.MaxReplyTokens ?? caller.MaxReplyTokens);
            int reasks = Math.Min(messages.Count, _granted);
            isGiven = messages.Count == 0
                || await confirm(new SpendingPlan(stage, messages.Count, messages.Count + reasks, input, output, caller.Price?.Of(input, output)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!isGiven)
                run.Budget.Refund(_reserved + _granted);
        }

        if (!isGiven)
            throw new LimitReachedException($"`{stage}` was not confirmed: nothing of it was spent");
    }

    /// <summary>The refusal, with the numbers and the knob.</summary>
    private EvaluationException Refused(int calls, AskPlan? plan)
    {
        int left = run.Budget.Left, items = plan?.Items.Count ?? 0;
        int pack = left > 0 && items > left ? (items + left - 1) / left : 0;
        int packed = pack > 0 ? plan!.CallsWhenPacked?.Invoke(pack) ?? calls : calls;
        string help = left == 0 ? "answer now with what the variables hold; counting, filtering and sorting are free"
            : packed <= left ? $"`pack {pack}` would need {packed:N0}; or filter first with `grep` or `where`, or take a `sample`"
            : "filter first with `grep` or `where`, cut larger chunks, or take a `sample`; counting and grouping are free";
        return new EvaluationException(span, $"`{stage}` would make {calls:N0} call{(calls == 1 ? "" : "s")}; {left:N0} are left of {run.Options.MaxCalls:N0}", help)
        {
            Descriptor = RuntimeDiagnostics.OverBudget,
        };
    }

    private async Task AskAsync(AskPlan plan, int[] places, Value?[] values, CancellationToken cancellationToken)
    {
        int[] open = places;
        var problems = new Dictionary<int, string>();
        for (int round = 0; round < MaxRounds && open.Length > 0; round++)
        {
            if (round > 0)
            {
                if (Interlocked.Decrement(ref _allowance) < 0)
                    break;
                Interlocked.Increment(ref _total);
            }

            await AskOnceAsync(plan, open, values, problems, cancellationToken).ConfigureAwait(false);
            open = [.. open.Where(place => values[place] is null)];
            run.Emit(new CallFinished(run.Elapsed, Interlocked.Increment(ref _done), Volatile.Read(ref _total), Volatile.Read(ref _failed)));
        }

        foreach (int place in open)
        {
            values[place] = new FailedValue(problems[place]);
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>One call. Places whose reply cannot be used keep no value, and get the reason.</summary>
    private async Task AskOnceAsync(AskPlan plan, int[] places, Value?[] values, Dictionary<int, string> problems, CancellationToken cancellationToken)
    {
        string? problem = problems.GetValueOrDefault(places[0]);
        var messages = MessagesOf(plan, places, problem);
        string reply;
        try
        {
            reply = (await caller.CallAsync(messages, isShared: true, () => Interlocked.Increment(ref _made), cancellationToken, plan.MaxReplyTokens).ConfigureAwait(false)).Text;
            Interlocked.Increment(ref _succeeded);
        }
        catch (ModelException exception) when (!IsFatal(exception))
        {
            foreach (int place in places)
                values[place] = new FailedValue(exception.Message);
            Interlocked.Add(ref _failed, places.Length);
            return;
        }

        var rows = places.Length == 1 ? new Dictionary<int, string> { [1] = reply } : PackedReply.Read(reply, places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            var reading = rows.TryGetValue(i + 1, out string? row)
                ? ReplyReader.Read(plan.Reply, row, plan.Items[places[i]].Source)
                : ReplyReading.Wrong("a row had no line of its own");
            values[places[i]] = reading.Value;
            if (reading.Problem is { } wrong)
                problems[places[i]] = wrong;
        }
    }

    private static IReadOnlyList<ChatMessage> MessagesOf(AskPlan plan, int[] places, string? problem) => places.Length == 1
        ? AskPrompt.ForItem(plan.Items[places[0]], plan.Reply, problem)
        : AskPrompt.ForRows(plan, places, problem);

    /// <summary>Whether every further call would fail the same way.</summary>
    private bool IsFatal(ModelException exception) => exception.Failure switch
    {
        ModelFailure.Unauthorized or ModelFailure.NotFound or ModelFailure.QuotaExhausted or ModelFailure.Insecure or ModelFailure.NotChosen => true,
        ModelFailure.Unreachable or ModelFailure.Disconnected => Volatile.Read(ref _succeeded) == 0,
        _ => false,
    };
}
