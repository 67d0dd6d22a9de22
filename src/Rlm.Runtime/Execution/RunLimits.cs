using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Execution;

/// <summary>The calls and tokens of an agent or session over its runs, and the run itself as a stream of events.</summary>
internal sealed class RunLimits
{
    /// <exception cref="ArgumentException">A tool cannot be called as it describes itself.</exception>
    public RunLimits(RlmOptions options)
    {
        ToolSignature.Check(options.Tools);
        Budget = new CallBudget(options.MaxCalls);
        Meter = new UsageMeter();
        Pace = new CallPace(options);
    }

    public CallBudget Budget { get; }

    public UsageMeter Meter { get; }

    public CallPace Pace { get; }

    /// <summary>Replies that all runs share; null where each run has its own.</summary>
    public ReplyCache? Replies { get; init; }

    public void Reset()
    {
        Budget.Reset();
        Meter.Reset();
    }

    /// <summary>Runs something under the limits and gives its events while they happen, its result last.</summary>
    public async IAsyncEnumerable<RlmEvent> StreamAsync(
        RlmOptions settings, IReadOnlyList<RlmVariable> contexts, Func<RunContext, CancellationToken, Task<RlmResult>> runAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (settings.ResetBetweenRuns)
            Reset();

        var events = Channel.CreateUnbounded<RlmEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var deadline = new RunDeadline(settings.Timeout, settings.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Stopped);
        var context = new RunContext(settings, Budget, Meter, Pace, Replies ?? new ReplyCache(settings.Journal), happened => events.Writer.TryWrite(happened)) { Deadline = deadline };
        var running = Task.Run(
            async () =>
            {
                try
                {
                    context.Emit(new RunFinished(context.Elapsed, await RunAsync(context).ConfigureAwait(false)));
                    events.Writer.Complete();
                }
                catch (Exception exception)
                {
                    events.Writer.Complete(exception);
                }
            },
            CancellationToken.None);

        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            // A reader that stops early stops the run.
            await linked.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }

        async Task<RlmResult> RunAsync(RunContext run)
        {
            try
            {
                var result = await runAsync(run, linked.Token).ConfigureAwait(false);
                return result with { Notes = [.. result.Notes, .. contexts.SelectMany(context => context.Sources).Select(source => source.Change).OfType<string>()] };
            }
            catch (OperationCanceledException) when (deadline.IsOver && !cancellationToken.IsCancellationRequested)
            {
                return new RlmResult { Outcome = RlmOutcome.LimitReached, Reasons = [deadline.Reason], Usage = run.Usage };
            }
        }
    }
}
