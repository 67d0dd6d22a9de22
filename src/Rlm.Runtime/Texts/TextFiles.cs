using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Texts;

/// <summary>Opens files as texts and says what is wrong with those that cannot be.</summary>
internal static class TextFiles
{
    private const int BinaryProbeBytes = 8 * 1024;

    public static TextSource Open(string path, string name, bool keepOpen)
    {
        SafeFileHandle? handle = OpenHandle(path, out long? length);
        try
        {
            // A pipe has no length, and the files of /proc say 0.
            byte[] start = new byte[Math.Max(ByteOrderMark.MaxLengthBytes, Compression.SignatureBytes)];
            if (length is null or 0 && Path.Exists(path))
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return TextSpool.ReadToEnd(stream, name);
            }

            int count = RandomAccess.Read(handle, start, 0);
            if (Compression.Find(path, start.AsSpan(0, count)) is { } compression)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return compression.ReadToEnd(stream, path, name);
            }

            var mark = ByteOrderMark.Find(start.AsSpan(0, count));
            if (mark?.Encoding is not null)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return TextSpool.ReadToEnd(stream, name);
            }

            long origin = mark?.LengthBytes ?? 0;
            var source = new FileTextSource(path, name, handle, keepOpen, origin, length!.Value - origin);
            if (keepOpen)
                handle = null;
            return source;
        }
        catch (IOException exception)
        {
            throw new TextException($"`{path}` cannot be read: {OneLine(exception)}", exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>Every document that the path names.</summary>
    /// <param name="path">A file, a directory or a glob.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was.</param>
    public static IReadOnlyList<TextSource> OpenAll(string path, Action<string>? onSkipped)
    {
        if (File.Exists(path))
            return [Open(path, Path.GetFileName(path), keepOpen: true)];

        bool isGlob = path.AsSpan().ContainsAny("*?");
        if (!isGlob && !Directory.Exists(path))
            throw new TextException($"`{path}` does not exist; check the path, or quote a pattern such as \"docs/**/*.md\"");

        string root = isGlob ? GlobPattern.RootOf(path) : path;
        var pattern = isGlob ? new GlobPattern(path[root.Length..]) : null;
        string directory = root.Length == 0 ? "." : root;
        var walk = new DirectoryWalk(pattern);
        var names = Directory.Exists(directory) ? walk.Names(directory) : [];
        int binary = names.RemoveAll(name => IsBinary(Path.Combine(directory, name)));
        if (names.Count == 0)
        {
            throw new TextException(isGlob
                ? $"no file matches `{path}`; `**` stands for any directories, and hidden, binary and ignored files (.gitignore, .ignore) are skipped"
                : $"the directory `{path}` holds no file; hidden, binary and ignored files (.gitignore, .ignore) are skipped");
        }

        if (binary + walk.Ignored > 0)
            onSkipped?.Invoke(string.Create(CultureInfo.InvariantCulture, $"`{path}`: {names.Count:N0} files; {binary:N0} binary and {walk.Ignored:N0} ignored files or directories are left out; name one to read it"));

        var sources = new List<TextSource>(names.Count);
        foreach (string name in names)
        {
            // Nothing is read of an empty file; opening one that is a pipe would wait for a writer.
            var file = new FileInfo(Path.Combine(directory, name));
            sources.Add(file is { Exists: true, Length: 0 } ? new MemoryTextSource(default, name) : Open(file.ToString(), name, keepOpen: names.Count == 1));
        }

        return sources;
    }

    public static SafeFileHandle OpenHandle(string path, out long? length)
    {
        try
        {
            // Checked first, since opening a directory is refused like one without permission.
            if (Directory.Exists(path))
                throw new TextException($"`{path}` is a directory; give one of its files, or the directory as documents");

            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = LengthOf(handle);
            return handle;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new TextException($"`{path}` does not exist; check the path", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TextException($"`{path}` may not be read; change its permissions or run as a user who may", exception);
        }
        catch (IOException exception)
        {
            throw new TextException($"`{path}` cannot be read: {OneLine(exception)}", exception);
        }
    }

    /// <summary>What the system says, in one line.</summary>
    public static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    /// <summary>Whether a file holds a NUL byte near its start, and is neither UTF-16 or UTF-32 nor packed in a way that is read.</summary>
    private static bool IsBinary(string path)
    {
        // Nothing is read of an empty file; opening one that is a pipe would wait for a writer.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            return false;

        using var handle = OpenHandle(path, out _);
        byte[] start = new byte[BinaryProbeBytes];
        var bytes = start.AsSpan(0, RandomAccess.Read(handle, start, 0));
        return ByteOrderMark.Find(bytes)?.Encoding is null && (Compression.Find(path, bytes) is { } compression ? !compression.IsRead : bytes.Contains((byte)0));
    }

    private static long? LengthOf(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
