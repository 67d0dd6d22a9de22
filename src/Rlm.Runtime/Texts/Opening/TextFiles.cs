using System.Text;
using Microsoft.Win32.SafeHandles;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Texts.Walking;

namespace Rlm.Runtime.Texts.Opening;

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
        SafeFileHandle? handle = FileTextSource.OpenHandle(path, out long? length);
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
            if (FindReading(path, name, start.AsSpan(0, count), encoding, first) is { } read)
            {
                using var stream = new FileStream(handle, FileAccess.Read, 1);
                handle = null;
                return read(stream);
            }

            long origin = ByteOrderMark.Find(start.AsSpan(0, count))?.LengthBytes ?? 0;
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

    /// <summary>How the text of a file is made that its bytes are not; null where they are.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    /// <exception cref="TextException">It is not a text.</exception>
    public static Func<Stream, TextSource>? FindReading(
        string path, string name, ReadOnlySpan<byte> start, Encoding? encoding, IRlmFileReader? first)
    {
        var format = FileFormat.Find(start);
        if (FileReaders.Find(path, start, first) is { } found)
            return file => FileReaders.Read(found, format, file, path, name);
        if (Compression.Find(path, start) is { } compression)
            return file => compression.ReadToEnd(file, path, name, encoding);
        if (format is not null)
            throw format.Refusal(path);

        return (ByteOrderMark.Find(start) is { } mark ? mark.Encoding is not null : encoding is not null)
            ? file => TextSpool.ReadToEnd(file, name, encoding)
            : null;
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
        var files = names.ConvertAll(ListedFile (name) => new LocalFile(Path.Combine(directory, name), name));
        var starts = files.ConvertAll(file => FileStart.Of(file, encoding is not null, first));
        return OpenListed(
            path, files, starts, binaries => LeftOut.Describe(walk, binaries, special),
            isGlob
                ? $"no file matches `{path}`; `**` stands for any directories, and hidden, binary and ignored files (.gitignore, .ignore) are skipped"
                : $"the directory `{path}` holds no file; hidden, binary and ignored files (.gitignore, .ignore) are skipped",
            onSkipped, encoding, first);
    }

    /// <summary>The documents of files that were found, in their order.</summary>
    /// <param name="path">Where they are.</param>
    /// <param name="files">The files.</param>
    /// <param name="starts">What the first bytes of each tell.</param>
    /// <param name="describe">Tells what was left out, binary files among it; null for nothing.</param>
    /// <param name="refusal">What to say where none is a text.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was.</param>
    /// <param name="encoding">What they are in where they have no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static IReadOnlyList<TextSource> OpenListed(
        string path, List<ListedFile> files, List<FileStart> starts, Func<string[], string?> describe, string refusal, Action<string>? onSkipped,
        Encoding? encoding, IRlmFileReader? first)
    {
        string[] binaries = [.. files.Zip(starts).Where(file => file.Second.IsBinary)
            .Select(file => file.Second.Kind is { } kind ? $"`{file.First.Name}`: {kind}" : $"`{file.First.Name}`")];
        if (binaries.Length == files.Count)
            throw new TextException(refusal);

        int count = files.Count - binaries.Length;
        if (describe(binaries) is { } leftOut)
            onSkipped?.Invoke(Invariant($"`{path}`: {count:N0} {(count == 1 ? "file" : "files")}; left out: {leftOut}"));
        return OpenEach(files, starts, encoding, first);
    }

    private static List<TextSource> OpenEach(List<ListedFile> files, List<FileStart> starts, Encoding? encoding, IRlmFileReader? first)
    {
        bool isOne = starts.Count(start => !start.IsBinary) == 1;
        var mailboxes = ReadMailboxes(files, starts, encoding, first);
        var deferred = new DeferredFiles(encoding, first);
        var problems = new List<TextException>();
        var sources = new List<TextSource>(files.Count);
        for (int i = 0; i < files.Count; i++)
        {
            if (starts[i].IsBinary)
                continue;

            // Nothing is read of an empty file; opening one that is a pipe would wait for a writer.
            var (source, problem) = files[i].IsEmpty ? (new MemoryTextSource(default, files[i].Name), null)
                : starts[i].Content is null ? OpenDocument(files[i], starts[i], keepOpen: isOne, encoding, first)
                : starts[i].Content == RlmFileContent.Mails ? mailboxes[i]
                : (deferred.Add(files[i], starts[i]), null);
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
        List<ListedFile> files, List<FileStart> starts, Encoding? encoding, IRlmFileReader? first)
    {
        var read = new (TextSource, TextException?)[files.Count];
        int[] places = [.. Enumerable.Range(0, files.Count).Where(place => starts[place].Content == RlmFileContent.Mails)];
        if (places.Length > 0)
            Parallel.ForEach(places, AtATime, place =>
                read[place] = OpenDocument(files[place], starts[place], keepOpen: false, encoding, first));
        return read;
    }

    /// <summary>The text of a file, or why there is none, beside an empty text with that as its gap: the others are read without it.</summary>
    public static (TextSource Text, TextException? Problem) OpenDocument(
        ListedFile file, FileStart start, bool keepOpen, Encoding? encoding, IRlmFileReader? first)
    {
        try
        {
            return start.Problem is { } problem ? throw problem : (file.Open(keepOpen, encoding, first), null);
        }
        catch (TextException exception) when (
            start.Content is null || exception.InnerException is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // A reader that cannot be asked, such as a program that is not there, is wrong for all its files.
            string reason = start.Content is not null && exception.InnerException is InvalidDataException inner
                ? TextException.ToOneLine(inner)
                : exception.Message.Replace($"`{file.Path}`", "it", StringComparison.Ordinal);
            return (new MemoryTextSource(default, file.Name) { Gap = reason }, exception);
        }
    }

    // Readers may wait for programs, for which more and more threads would start.
    private static ParallelOptions AtATime => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
