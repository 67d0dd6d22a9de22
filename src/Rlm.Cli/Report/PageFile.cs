namespace Rlm.Cli.Report;

/// <summary>The file of a page.</summary>
internal static class PageFile
{
    private const int MostHeadBytes = 512;

    /// <summary>What each page has near its start.</summary>
    private static ReadOnlySpan<byte> Mark => "name=\"generator\" content=\"rlm\""u8;

    /// <summary>Opens the file to be written. One that is there is written anew only if it is a page of rlm, or empty: anything else is somebody's.</summary>
    /// <exception cref="IOException">It is another file, or cannot be written.</exception>
    public static Stream Create(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"`{path}` is a directory; name a file in it, such as {Path.Join(path, "run.html")}");
        if (IsOther(path))
            throw new IOException($"`{path}` is not a page of rlm, and would be replaced; name another file, such as run.html, or remove it");
        try
        {
            return new BufferedStream(File.Create(path), 256 * 1024);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new IOException($"the page `{path}` cannot be written: its directory does not exist; make it, or name another file", exception);
        }
    }

    private static bool IsOther(string path)
    {
        if (!File.Exists(path) || TextSource.IsSpecialFile(path))
            return false;

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] head = new byte[MostHeadBytes];
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return count > 0 && head.AsSpan(0, count).IndexOf(Mark) < 0;
    }
}
