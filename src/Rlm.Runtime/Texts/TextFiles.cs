using System.IO.Enumeration;
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
            if (Compression.Find(start.AsSpan(0, count)) is { } compression)
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
            var source = new FileTextSource(path, name, keepOpen ? handle : null, origin, length!.Value - origin);
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
    public static IReadOnlyList<TextSource> OpenAll(string path)
    {
        if (File.Exists(path))
            return [Open(path, Path.GetFileName(path), keepOpen: true)];

        bool isGlob = path.AsSpan().ContainsAny("*?");
        if (!isGlob && !Directory.Exists(path))
            throw new TextException($"`{path}` does not exist; check the path, or quote a pattern such as \"docs/**/*.md\"");

        string root = isGlob ? GlobPattern.RootOf(path) : path;
        var pattern = isGlob ? new GlobPattern(path[root.Length..]) : null;
        string directory = root.Length == 0 ? "." : root;
        var names = Directory.Exists(directory) ? Names(directory, pattern) : [];
        names.RemoveAll(name => IsBinary(Path.Combine(directory, name)));
        if (names.Count == 0)
        {
            throw new TextException(isGlob
                ? $"no file matches `{path}`; `**` stands for any directories, and hidden and binary files are skipped"
                : $"the directory `{path}` holds no file; hidden and binary files are skipped");
        }

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

    /// <summary>Whether a file holds a NUL byte near its start, and is neither UTF-16 nor packed in a way that is read.</summary>
    private static bool IsBinary(string path)
    {
        // Nothing is read of an empty file; opening one that is a pipe would wait for a writer.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            return false;

        using var handle = OpenHandle(path, out _);
        byte[] start = new byte[BinaryProbeBytes];
        var bytes = start.AsSpan(0, RandomAccess.Read(handle, start, 0));
        return ByteOrderMark.Find(bytes)?.Encoding is null && (Compression.Find(bytes) is { } compression ? !compression.IsRead : bytes.Contains((byte)0));
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

    private static List<string> Names(string directory, GlobPattern? pattern)
    {
        string prefix = Path.GetFullPath(directory);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var files = new FileSystemEnumerable<string>(
            directory,
            (ref FileSystemEntry entry) => Path.GetRelativePath(prefix, Path.GetFullPath(entry.ToFullPath())).Replace('\\', '/'),
            options)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && !entry.FileName.StartsWith('.') && !entry.IsHidden,
            // A linked directory may lead back up.
            ShouldRecursePredicate = static (ref FileSystemEntry entry) =>
                !entry.FileName.StartsWith('.') && !entry.IsHidden && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        var names = new List<string>();
        try
        {
            foreach (string name in files)
            {
                if (pattern is null || pattern.IsMatch(name))
                    names.Add(name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"`{directory}` cannot be read: {OneLine(exception)}", exception);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
