using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Runtime;
using Rlm.Runtime.Events;

namespace Rlm.Cli.Commands;

/// <summary>Runs something under a journal.</summary>
internal static class RunScope
{
    /// <summary>Opens the journal, reads the events of <paramref name="start"/>, and closes the journal whatever happens.</summary>
    /// <returns>The result, or null for a run that was interrupted, which has been told.</returns>
    public static async Task<RlmResult?> RunAsync(
        RunArguments run,
        ModelConnection models,
        RunReporter reporter,
        StatusWriter status,
        Func<RlmOptions, IAsyncEnumerable<RlmEvent>> start,
        CancellationToken cancellationToken)
    {
        try
        {
            using var journal = Open(run);
            var result = await reporter.ReadAsync(start(run.Options with { Journal = journal, Models = models.ByName })).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return result ?? throw new InvalidOperationException("The run ended without a result.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            status.Warn(run.JournalPath is null ? "interrupted" : $"interrupted; the same command with --resume goes on from {run.JournalPath}");
            return null;
        }
    }

    private static RlmJournal? Open(RunArguments run) =>
        run.JournalPath is null ? null : run.Resume ? RlmJournal.Resume(run.JournalPath) : RlmJournal.Create(run.JournalPath);
}
