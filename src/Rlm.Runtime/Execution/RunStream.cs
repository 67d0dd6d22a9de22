using System.Threading.Channels;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Telemetry;

namespace Rlm.Runtime.Execution;

/// <summary>Runs something under limits and gives its events while they happen, its result last.</summary>
internal static class RunStream
{
    /// <summary>
    /// How long a run that has to stop is waited for. One that is inside a single long computation then is left to itself: it stops where
    /// that looks at its cancellation next, and nobody hears of it any more.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>A run that begins when its events are enumerated, within a budget and with usage of its own.</summary>
    /// <param name="identity">What the run is called by who watches it.</param>
    /// <param name="settings">Limits and settings.</param>
    /// <param name="journal">Where it is written down; null for nowhere.</param>
    /// <param name="pace">The requests and tokens a minute, which runs may share.</param>
    /// <param name="replies">Replies that runs share; null for this run's own.</param>
    /// <param name="contexts">What is read.</param>
    /// <param name="runAsync">What runs.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static IAsyncEnumerable<RlmEvent> RunAsync(
        RunIdentity identity, RlmOptions settings, IRunJournal? journal, CallPace pace, ReplyCache? replies,
        IReadOnlyList<RlmVariable> contexts, Func<RunContext, CancellationToken, Task<RlmResult>> runAsync, CancellationToken cancellationToken) => new RunEnumerable(
            (caller, reader) => EnumerateAsync(identity, settings, journal, pace, replies, contexts, runAsync, caller, reader), cancellationToken);

    /// <summary>The result of a run.</summary>
    public static async Task<RlmResult> ResultAsync(IAsyncEnumerable<RlmEvent> events)
    {
        RlmResult? result = null;
        await foreach (var happened in events.ConfigureAwait(false))
            result = (happened as RunFinished)?.Result ?? result;
        return result!;
    }

    private static async IAsyncEnumerator<RlmEvent> EnumerateAsync(
        RunIdentity identity, RlmOptions settings, IRunJournal? journal, CallPace pace, ReplyCache? replies,
        IReadOnlyList<RlmVariable> contexts, Func<RunContext, CancellationToken, Task<RlmResult>> runAsync, CancellationToken caller, CancellationToken reader)
    {
        using var writing = journal?.TakeForRun();
        var events = Channel.CreateUnbounded<RlmEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var deadline = new RunDeadline(settings);
        using var memory = new MemoryLimit(settings);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(caller, reader, deadline.Stopped, memory.Over);
        var stopped = linked.Token;
        var context = new RunContext(
            settings,
            journal,
            settings.CreateRunBudget(),
            settings.CreateMeter(),
            pace,
            replies ?? new ReplyCache(journal),
            happened => events.Writer.TryWrite(happened))
        {
            Deadline = deadline,
            Consent = settings.Confirm is { } confirm ? new SpendingConsent(confirm) : null,
        };
        if (journal?.Damage is { } damage)
            context.NoteOnce($"{damage}: what they held is asked for again");
        var running = Task.Run(() => TracedResultAsync(context), CancellationToken.None);
        var ending = EndAsync();
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            // A reader that stops early stops the run.
            await linked.CancelAsync().ConfigureAwait(false);
            await ending.ConfigureAwait(false);
        }

        async Task EndAsync()
        {
            try
            {
                var result = await EndsInTimeAsync(running, settings.TimeProvider, stopped).ConfigureAwait(false)
                    ? await running.ConfigureAwait(false)
                    : LimitOf(context) ?? throw new OperationCanceledException(Canceller());
                context.Emit(new RunFinished { At = context.Elapsed, Result = result });
                events.Writer.Complete();
            }
            catch (OperationCanceledException exception) when (Canceller().IsCancellationRequested)
            {
                events.Writer.Complete(new OperationCanceledException(exception.Message, exception, Canceller()));
            }
            catch (Exception exception)
            {
                events.Writer.Complete(exception);
            }
            finally
            {
                context.End();
            }
        }

        async Task<RlmResult> TracedResultAsync(RunContext run)
        {
            using var traced = TracedOperation.BeginRun(identity);
            try
            {
                var result = await ResultAsync(run).ConfigureAwait(false);
                if (traced is not null)
                    Describe(traced, result);
                return result;
            }
            catch (Exception exception)
            {
                traced?.Fail(exception.GetType().FullName, exception.Message);
                throw;
            }
        }

        async Task<RlmResult> ResultAsync(RunContext run)
        {
            try
            {
                var result = AddLosses(await runAsync(run, stopped).ConfigureAwait(false), run.Losses);
                result = ContextDoubts.AddTo(result with { Notes = [.. result.Notes, .. run.Notes] }, contexts, settings);
                if (settings.Strict && result is { Outcome: RlmOutcome.Answered or RlmOutcome.Completed, IsPartial: true })
                    result = result with { Outcome = RlmOutcome.Failed, Answer = null };
                return result;
            }
            catch (OperationCanceledException) when (LimitOf(run) is { } limited)
            {
                return limited;
            }
            catch (Exception exception) when (exception is ModelException or TextException)
            {
                return new RlmResult
                {
                    Outcome = RlmOutcome.Failed,
                    Reasons = [exception.Message],
                    ModelFailure = (exception as ModelException)?.Failure,
                    Notes = run.Notes,
                    Usage = run.Usage,
                };
            }
            catch (OutOfMemoryException)
            {
                return MakeLimitResult(run, memory.Reason);
            }
        }

        // The token by which somebody ended the run; one that is not cancelled where nobody did.
        CancellationToken Canceller() => caller.IsCancellationRequested ? caller : reader;

        // What the result of a run is that a limit stopped; null where the caller did.
        RlmResult? LimitOf(RunContext run) => Canceller().IsCancellationRequested ? null
            : memory.IsOver ? MakeLimitResult(run, memory.Reason)
            : deadline.IsOver ? MakeLimitResult(run, deadline.Reason)
            : null;

        static RlmResult MakeLimitResult(RunContext run, string reason) =>
            new() { Outcome = RlmOutcome.LimitReached, Reasons = [reason], Notes = run.Notes, Usage = run.Usage };
    }

    /// <summary>The result with what all of the run lost.</summary>
    private static RlmResult AddLosses(RlmResult result, IReadOnlyList<RlmLoss> losses) =>
        losses.Count == 0 || result.Outcome is not (RlmOutcome.Answered or RlmOutcome.Completed) ? result : result with
        {
            IsPartial = true,
            Losses = [.. result.Losses, .. losses],
            Reasons = [.. result.Reasons, .. losses.Select(loss => $"{loss.Text}; {loss.Remedy}")],
        };

    private static void Describe(TracedOperation traced, RlmResult result)
    {
        traced.Tell(GenAi.Outcome, result.Outcome.ToString());
        traced.Tell(GenAi.IsPartial, result.IsPartial);
        traced.Tell(GenAi.Calls, result.Usage.Calls);
        traced.Tell(GenAi.Steps, result.Usage.Steps);
        traced.Tell(GenAi.InputTokens, result.Usage.InputTokens);
        traced.Tell(GenAi.OutputTokens, result.Usage.OutputTokens);
        if (result.Outcome is not (RlmOutcome.Answered or RlmOutcome.Completed))
            traced.Fail(result.Outcome.ToString(), result.Reasons is [var reason, ..] ? reason : null);
    }

    /// <summary>Whether a run comes to its end, if need be within the grace after it was told to stop.</summary>
    private static async Task<bool> EndsInTimeAsync(Task running, TimeProvider time, CancellationToken stopped)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stopped.Register(told.SetResult))
        {
            if (await Task.WhenAny(running, told.Task).ConfigureAwait(false) == running)
                return true;
        }

        return await Task.WhenAny(running, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false) == running;
    }
}
