using Rlm.Cli.Output;
using Rlm.Cli.Runs;

namespace Rlm.Server.Answers;

/// <summary>A journal for each run, where <c>rlm runs</c> finds it.</summary>
/// <param name="folder">Where they are kept; null for nowhere.</param>
/// <param name="sync">When entries are forced to the disk.</param>
/// <param name="status">Told why one is not kept.</param>
internal sealed class RunJournals(RunsFolder? folder, JournalSync sync, StatusWriter status)
{
    private readonly Lock _lock = new();

    /// <summary>Begins one; null where none is kept.</summary>
    public RlmJournal? Begin(JournalRun run, DateTimeOffset now)
    {
        try
        {
            lock (_lock)
            {
                if (folder is null)
                    return null;
                var journal = RlmJournal.Create(folder.Begin(now), sync);
                journal.Begin(run);
                return journal;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            status.Tell($"no journal is kept: {exception.Message}");
            return null;
        }
    }

    /// <summary>Closes one; an answer is not lost for a disk that fails behind it.</summary>
    public void Close(RlmJournal? journal)
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
}
