using System.Text;
using Microsoft.Win32.SafeHandles;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Walking;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Opens files as texts and says what is wrong with those that cannot be.</summary>
internal static class TextFiles
{
    /// <param name="path">The file.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <param name="keepOpen">Whether it stays open, or is opened at each read, as one of many.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static TextSource Open(string path, string name, bool keepOpen, Encoding? encoding, IRlmFileReader? first)
    {
        SafeFileHandle? handle = OpenHandle(path, out long? length);
        try
        {
            // A pipe has no length, and the files of /proc say 0. So does an empty mailbox, which is a list of no mails.
            byte[] start = new byte[FileFormat.SignatureBytes];
            if (length is null or 0 && Path.Exists(path) && (length is null || FileReaders.Find(path, [], first) is null))
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return TextSpool.ReadToEnd(stream, name, encoding);
            }

            int count = RandomAccess.Read(handle, start, 0);
            var format = FileFormat.Find(start.AsSpan(0, count));
            if (FileReaders.Find(path, start.AsSpan(0, count), first) is { } found)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return FileReaders.Read(found, format, stream, path, name);
            }

            if (Compression.Find(path, start.AsSpan(0, count)) is { } compression)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return compression.ReadToEnd(stream, path, name, encoding);
            }

            if (format is not null)
                throw format.Refusal(path);

            var mark = ByteOrderMark.Find(start.AsSpan(0, count));
            if (mark is { } known ? known.Encoding is not null : encoding is not null)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return TextSpool.ReadToEnd(stream, name, encoding);
            }

            long origin = mark?.LengthBytes ?? 0;
            var source = new FileTextSource(path, name, handle, keepOpen, origin, length!.Value - origin);
            if (keepOpen)
                handle = null;
            return source;
        }
        catch (IOException exception)
        {
            throw TextException.Unreadable(path, exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>The bytes of a file, whatever it is, read where they are used.</summary>
    public static TextSource OpenBytes(string path, string name)
    {
        using var handle = OpenHandle(path, out long? length);
        return new FileTextSource(path, name, handle, keepsOpen: false, 0, length ?? 0);
    }

    /// <summary>Every document that the path names.</summary>
    /// <param name="path">A file, a directory or a glob.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was.</param>
    /// <param name="encoding">What they are in where they have no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static IReadOnlyList<TextSource> OpenAll(string path, Action<string>? onSkipped, Encoding? encoding, IRlmFileReader? first)
    {
        if (File.Exists(path))
            return DocumentsOf(Open(path, Path.GetFileName(path), keepOpen: true, encoding, first));

        bool isGlob = path.AsSpan().ContainsAny("*?");
        if (!isGlob && !Directory.Exists(path))
            throw new TextException($"`{path}` does not exist; check the path, or quote a pattern such as \"docs/**/*.md\"");

        string root = isGlob ? GlobPattern.RootOf(path) : path;
        var pattern = isGlob ? new GlobPattern(path[root.Length..]) : null;
        string directory = root.Length == 0 ? "." : root;
        var walk = new DirectoryWalk(pattern);
        var names = Directory.Exists(directory) ? walk.Names(directory) : [];
        int special = names.RemoveAll(name => FileKind.IsSpecial(Path.Combine(directory, name)));
        var starts = names.ConvertAll(name => FileStart.Of(Path.Combine(directory, name), encoding is not null, first));
        int binary = starts.Count(start => start.IsBinary);
        if (binary == names.Count)
        {
            throw new TextException(isGlob
                ? $"no file matches `{path}`; `**` stands for any directories, and hidden, binary and ignored files (.gitignore, .ignore) are skipped"
                : $"the directory `{path}` holds no file; hidden, binary and ignored files (.gitignore, .ignore) are skipped");
        }

        int count = names.Count - binary;
        string[] binaries = [.. names.Zip(starts).Where(file => file.Second.IsBinary)
            .Select(file => file.Second.Kind is { } kind ? $"`{file.First}`: {kind}" : $"`{file.First}`")];
        if (LeftOut.Describe(walk, binaries, special) is { } leftOut)
            onSkipped?.Invoke(Invariant($"`{path}`: {count:N0} {(count == 1 ? "file" : "files")}; left out: {leftOut}"));

        return OpenEach(directory, names, starts, encoding, first);
    }

    private static List<TextSource> OpenEach(
        string directory, List<string> names, List<FileStart> starts, Encoding? encoding, IRlmFileReader? first)
    {
        bool isOne = starts.Count(start => !start.IsBinary) == 1;
        var mailboxes = ReadMailboxes(directory, names, starts, encoding, first);
        var deferred = new DeferredFiles(encoding, first);
        var problems = new List<TextException>();
        var sources = new List<TextSource>(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            if (starts[i].IsBinary)
                continue;

            // Nothing is read of an empty file; opening one that is a pipe would wait for a writer.
            string file = Path.Combine(directory, names[i]);
            var (source, problem) = new FileInfo(file) is { Exists: true, Length: 0 } ? (new MemoryTextSource(default, names[i]), null)
                : starts[i].Content is null ? OpenDocument(file, names[i], starts[i], keepOpen: isOne, encoding, first)
                : starts[i].Content == RlmFileContent.Mails ? mailboxes[i]
                : (deferred.Add(file, names[i], starts[i]), null);
            if (problem is not null)
                problems.Add(problem);
            else if (source is not DeferredTextSource)
                deferred.HasText = true;
            if (!starts[i].IsPacked)
                source.LikelyEncoding = starts[i].LikelyEncoding;
            if (starts[i].Content is null)
                source.HasEncodedParts = starts[i].HasEncodedMail;
            sources.AddRange(DocumentsOf(source));
        }

        return deferred.HasText || deferred.Count > 0 ? sources : throw problems[0];
    }

    private static IReadOnlyList<TextSource> DocumentsOf(TextSource source) => source.Documents ?? [source];

    /// <summary>The files that are mailboxes, several at a time, each at its place.</summary>
    private static (TextSource Text, TextException? Problem)[] ReadMailboxes(
        string directory, List<string> names, List<FileStart> starts, Encoding? encoding, IRlmFileReader? first)
    {
        var read = new (TextSource, TextException?)[names.Count];
        int[] places = [.. Enumerable.Range(0, names.Count).Where(place => starts[place].Content == RlmFileContent.Mails)];
        if (places.Length > 0)
            Parallel.ForEach(places, AtATime, place =>
                read[place] = OpenDocument(Path.Combine(directory, names[place]), names[place], starts[place], keepOpen: false, encoding, first));
        return read;
    }

    /// <summary>The text of a file, or why there is none, beside an empty text with that as its gap: the others are read without it.</summary>
    public static (TextSource Text, TextException? Problem) OpenDocument(
        string path, string name, FileStart start, bool keepOpen, Encoding? encoding, IRlmFileReader? first)
    {
        try
        {
            return start.Problem is { } problem ? throw problem : (Open(path, name, keepOpen, encoding, first), null);
        }
        catch (TextException exception) when (
            start.Content is null || exception.InnerException is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // A reader that cannot be asked, such as a program that is not there, is wrong for all its files.
            string reason = start.Content is not null && exception.InnerException is InvalidDataException inner
                ? TextException.ToOneLine(inner)
                : exception.Message.Replace($"`{path}`", "it", StringComparison.Ordinal);
            return (new MemoryTextSource(default, name) { Gap = reason }, exception);
        }
    }

    // Readers may wait for programs, for which more and more threads would start.
    private static ParallelOptions AtATime => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

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
            throw TextException.Unreadable(path, exception);
        }
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
