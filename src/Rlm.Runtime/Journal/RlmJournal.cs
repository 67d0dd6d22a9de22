namespace Rlm.Runtime;

/// <summary>An append-only file of everything that happened in a run, and the replies in it to take again.</summary>
public sealed class RlmJournal : IDisposable
{
    /// <summary>Starts a new journal. Throws <see cref="IOException"/> where the file exists with content or cannot be written.</summary>
    public static RlmJournal Create(string path) => throw new NotImplementedException(path);

    /// <summary>Opens a journal, takes its replies, and goes on writing at its end; a torn last line is dropped. Throws <see cref="IOException"/> where it cannot be read or is no journal.</summary>
    public static RlmJournal Resume(string path) => throw new NotImplementedException(path);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
