namespace Rlm.Cli.Report;

/// <summary>The file of a page.</summary>
internal static class PageFile
{
    private static ReadOnlySpan<byte> JournalOpens => "{\"format\":\"rlm-journal"u8;

    /// <summary>Opens the file to be written; one that is there is written anew, unless it is a journal, which was paid for.</summary>
    /// <exception cref="IOException">It is a journal, or cannot be written.</exception>
    public static Stream Create(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"`{path}` is a directory; name a file in it, such as {Path.Join(path, "run.html")}");
        if (IsJournal(path))
            throw new IOException($"`{path}` is a journal, which a page would replace; name another file, such as run.html");
        try
        {
            return new BufferedStream(File.Create(path), 256 * 1024);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new IOException($"the page `{path}` cannot be written: its directory does not exist; make it, or name another file", exception);
        }
    }

    private static bool IsJournal(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < JournalOpens.Length)
            return false;

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> start = stackalloc byte[JournalOpens.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(JournalOpens);
    }
}
