using Microsoft.Extensions.AI;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Runtime;
using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Cli.Commands;

/// <summary>Runs something under a journal, or from one.</summary>
internal static class RunScope
{
    /// <summary>Opens the journal, reads the events of <paramref name="start"/>, and closes the journal whatever happens.</summary>
    /// <param name="run">Options and journal.</param>
    /// <param name="models">The models.</param>
    /// <param name="program">The program of a run by hand, and its name; null where a model writes them.</param>
    /// <param name="reporter">Tells the events.</param>
    /// <param name="status">Writes to stderr.</param>
    /// <param name="start">Starts the run.</param>
    /// <param name="replay">The journal to replay; null for a run with models.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    /// <returns>The result, or null for a run that was interrupted, which has been told.</returns>
    public static async Task<RlmResult?> RunAsync(
        RunArguments run,
        ModelConnection models,
        (string Text, string Name)? program,
        RunReporter reporter,
        StatusWriter status,
        Func<RlmOptions, IAsyncEnumerable<RlmEvent>> start,
        RlmJournal? replay,
        CancellationToken cancellationToken)
    {
        RlmJournal? journal = null;
        try
        {
            journal = replay is null ? run.OpenJournal() : null;
            journal?.Begin(new JournalRun(run.Line, Directory.GetCurrentDirectory(), program?.Text, program?.Name, ModelOf(models.Root), ModelOf(models.Sub)));
            var options = run.Options with { Journal = replay ?? journal, Models = models.ByName, CallEvents = status.HasStatusLine };
            var result = replay is null
                ? await reporter.ReadAsync(start(options)).ConfigureAwait(false)
                : await ReplayAsync(replay, models, reporter, start(options with { Timeout = null })).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return result ?? throw new InvalidOperationException("The run ended without a result.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            status.Warn(run.JournalPath is null ? "interrupted" : $"interrupted; the same command with --resume goes on from {run.JournalPath}");
            return null;
        }
        finally
        {
            Close(journal, status);
        }
    }

    /// <summary>An answer is not lost for a disk that fails behind it.</summary>
    private static void Close(RlmJournal? journal, StatusWriter status)
    {
        try
        {
            journal?.Dispose();
        }
        catch (IOException exception)
        {
            status.Warn(exception.Message);
        }
    }

    /// <summary>A run that time cut short asks here for a reply that never came; what came of it is in the journal.</summary>
    private static async Task<RlmResult> ReplayAsync(RlmJournal journal, ModelConnection models, RunReporter reporter, IAsyncEnumerable<RlmEvent> events)
    {
        var recorded = journal.LastResult!;
        RlmResult? result = null;
        try
        {
            result = await reporter.ReadAsync(events).ConfigureAwait(false);
        }
        catch (ModelException) when (HasMissed(models))
        {
        }

        if (!HasMissed(models))
            return result! with { Usage = recorded.Usage };
        return recorded.Outcome != RlmOutcome.Answered
            ? recorded
            : throw new IOException("the journal does not hold every reply of the run: it is damaged, or this rlm asks otherwise than the one that wrote it");
    }

    private static bool HasMissed(ModelConnection models) => models.Root is ReplayChatClient { HasMissed: true } || models.Sub is ReplayChatClient { HasMissed: true };

    private static JournalModel ModelOf(IChatClient client)
    {
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        var traits = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();
        return new(metadata?.ProviderName, metadata?.DefaultModelId, traits.WindowTokens, traits.MaxOutputTokens);
    }
}
