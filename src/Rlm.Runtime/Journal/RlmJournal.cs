using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Journal;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;

namespace Rlm;

/// <summary>An append-only file of everything that happened in a run, and the replies in it to take again.</summary>
/// <remarks>
/// One JSON object a line, written as it happens and handed to the system at once; docs/journal.md has every entry. Contexts are in it by a
/// hash, keys not at all; replies, programs and previews are. Each line has its number and a checksum. One process at a time writes: the
/// file is locked, and a file beside it, FILE.lock, says so.
/// </remarks>
public sealed class RlmJournal : IDisposable, IRunJournal
{
    /// <summary>Texts as they are, so that a key in one is found.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly JournalContent _content;
    private readonly JournalSync _sync;
    private readonly FileStream? _guard;
    private readonly FileStream? _file;
    private JournalRun? _begins;
    private long _lastNumber;
    private bool _hasFailed;
    private int _isTaken;

    private RlmJournal(string path, FileStream? guard, FileStream? file, JournalContent content, JournalSync sync) =>
        (_path, _guard, _file, _content, _sync, _lastNumber) = (path, guard, file, content, sync, content.LastNumber);

    /// <summary>Replies that can be taken again.</summary>
    public int ReplyCount => _content.ReplyCount;

    /// <summary>Whether the prompts of calls are written, too, which quote the contexts. False, the default, for a hash of each.</summary>
    public bool KeepsPrompts { get; set; }

    string? IRunJournal.Damage => _content.Damage;

    /// <summary>What the last run was asked to do; null where no host wrote it down.</summary>
    public JournalRun? LastRun => _content.LastRun;

    /// <summary>What came of the last run; null where it did not come to its end.</summary>
    public RlmResult? LastResult => _content.LastResult;

    /// <summary>Starts a new journal.</summary>
    /// <param name="path">The file; an empty one is taken.</param>
    /// <param name="sync">When entries are forced to the disk.</param>
    /// <exception cref="IOException">The file has content already, cannot be written, or another process writes it.</exception>
    public static RlmJournal Create(string path, JournalSync sync = JournalSync.End)
    {
        ArgumentNullException.ThrowIfNull(path);
        var journal = Open(path, sync, resumes: false);
        try
        {
            if (journal._file!.Length > 0)
                throw new IOException($"the journal `{path}` has content already; resume it, or name another file");

            journal.Append(JournalContent.WriteHead);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Opens a journal, takes its replies, and goes on writing at its end; a torn last line is dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sync">When entries are forced to the disk.</param>
    /// <exception cref="IOException">The file is missing, cannot be read or written, is not a journal of this version, or another
    /// process writes it.</exception>
    public static RlmJournal Resume(string path, JournalSync sync = JournalSync.End)
    {
        RequireThere(path);
        var journal = Open(path, sync, resumes: true);
        // A process that was killed before it had written the head has left nothing to keep.
        if (journal._content.WholeBytes == 0)
            journal.Append(JournalContent.WriteHead);
        return journal;
    }

    /// <summary>
    /// Opens a journal to run its last run again as it was, failures included, without any model: each call takes what the journal
    /// holds of it. Nothing is written.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing, cannot be read, or is not a journal of this version, or is damaged.</exception>
    public static RlmJournal Replay(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path, null, null, JournalContent.Read(path, isReplay: true), JournalSync.Off);
    }

    /// <summary>Opens a journal to plan what going on with it would spend. Nothing is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing, cannot be read, or is not a journal of this version.</exception>
    public static RlmJournal Read(string path)
    {
        RequireThere(path);
        return new(path, null, null, JournalContent.Read(path, isReplay: false), JournalSync.Off);
    }

    /// <summary>
    /// Takes what the run that begins next was asked to do; it is written with the contexts, once they are known to be those of
    /// earlier runs.
    /// </summary>
    /// <param name="run">What it was asked to do.</param>
    public void Begin(JournalRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _begins = run;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk did not take what the system has; the entries are in the file as long
    /// as the machine runs.</exception>
    public void Dispose()
    {
        try
        {
            if (_file is { CanWrite: true } && _sync != JournalSync.Off && !_hasFailed)
                JournalTarget.ForceToDisk(_file);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"the journal `{_path}` could not be forced to the disk: {exception.Message.TrimEnd('.')}; copy it before the machine is turned off",
                exception);
        }
        finally
        {
            _file?.Dispose();
            _guard?.Dispose();
        }
    }

    HeldReply? IReplyStore.Take(string key) => _content.Take(key);

    bool IReplyStore.IsFree(string key) => _content.IsFree(key);

    HeldToolCall? IToolJournal.TakeToolCall(string key) => _content.ToolCalls.Take(key);

    void IToolJournal.WriteToolCall(string key, string tool, TimeSpan at) => Write(new ToolEntry(at, key, tool));

    void IToolJournal.Write(ToolOutcome outcome, TimeSpan at) => Write(new ToolEndEntry(at, outcome));

    DateTimeOffset? IRunJournal.ReplayedClock => _content.IsReplay ? LastRun?.StartedAt : null;

    IDisposable IRunJournal.TakeForRun() => Interlocked.Exchange(ref _isTaken, 1) == 0
        ? new Taken(this)
        : throw new InvalidOperationException(
            $"The journal `{_path}` is of another run that goes on: a journal tells one run after the other. Give each its own.");

    /// <summary>Writes a hash of each context, and throws where one is not what it was in an earlier run.</summary>
    internal void WriteContexts(IReadOnlyList<RlmVariable> variables, DateTimeOffset startedAt)
    {
        var marks = variables.Select(ContextMark.Of).ToList();
        foreach (var mark in marks)
        {
            if (_content.FindContext(mark.Name) is { } before && before != mark)
            {
                string lengths = before.Bytes == mark.Bytes
                    ? ""
                    : $" ({Amount.Of(before.Bytes, "byte")} then, {Amount.Of(mark.Bytes)} now)";
                throw new IOException(
                    $"`{mark.Name}` is not what it was when the journal `{_path}` was written{lengths}; bring the old one back, or start a new journal");
            }
        }

        // One that came from a file would have been missed before.
        if (_content.FindMissing(marks) is { } missing)
            throw new IOException(
                $"`{missing}`, which the run of the journal `{_path}` read from stdin, is not there; give it on stdin again");

        if (_begins is not null)
            Write(_begins with { StartedAt = startedAt });
        _begins = null;
        foreach (var mark in marks)
            Write(mark);
    }

    void IRunJournal.Write(RlmEvent happened, int heldCalls)
    {
        if (JournalEntries.Of(happened, heldCalls) is { } entry)
            Write(entry, happened.Root);
    }

    void IRunJournal.Write(CallOutcome outcome) =>
        Write(JournalEntries.Of(KeepsPrompts ? outcome : outcome with { Messages = null }), outcome.Root);

    private void Write(IJournalEntry entry, string? root = null) => Append(writer => JournalEntries.Write(writer, entry, root));

    private static void RequireThere(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Path.Exists(path))
            throw new IOException($"there is no journal `{path}` to resume; start a new one instead");
    }

    private static RlmJournal Open(string path, JournalSync sync, bool resumes)
    {
        FileStream? guard = null, file = null;
        try
        {
            string real = JournalTarget.Resolve(path);
            guard = Guard(path, real + ".lock");
            file = new FileStream(real, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            if (!JournalTarget.TryLock(file.SafeFileHandle))
                throw MakeBusyError(path);
            var content = resumes ? JournalContent.Read(path, isReplay: false) : JournalContent.Empty;
            if (resumes)
                file.SetLength(content.WholeBytes);
            file.Seek(0, SeekOrigin.End);
            return new RlmJournal(path, guard, file, content, sync);
        }
        catch (Exception exception)
        {
            file?.Dispose();
            guard?.Dispose();
            if (exception is DirectoryNotFoundException)
                throw new IOException(
                    $"the journal `{path}` cannot be written: its directory does not exist; make it, or name another file", exception);
            if (exception is UnauthorizedAccessException)
                throw new IOException($"the journal `{path}` cannot be written: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Holds the file that says that somebody writes; the system lets it go when a process dies.</summary>
    private static FileStream Guard(string path, string guard)
    {
        try
        {
            return new FileStream(guard, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(guard))
        {
            throw MakeBusyError(path, exception);
        }
    }

    private static IOException MakeBusyError(string path, Exception? cause = null) =>
        new($"the journal `{path}` is being written by another process; wait for its end, or name another file", cause);

    private void Append(Action<Utf8JsonWriter> write)
    {
        if (_file is null)
            return;

        var opened = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(opened, Plain))
        {
            // Its end is written with its number, which is known under the lock.
            writer.WriteStartObject();
            write(writer);
        }

        var withoutKeys = KnownKeys.Redact(opened.WrittenSpan.ToArray());
        lock (_lock)
        {
            byte[] line = JournalLine.Seal(withoutKeys.Span, _lastNumber + 1);
            long end = _file.Position;
            try
            {
                _file.Write(line);
                if (_sync == JournalSync.Each)
                    JournalTarget.ForceToDisk(_file);
                _lastNumber++;
            }
            // A file that may not grow is reported as an argument by the runtime.
            catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
            {
                _hasFailed = true;
                // Half a line would be dropped by the next run anyway; a device has no length to set.
                if (_file.CanSeek && _file.Length > end)
                    _file.SetLength(end);
                _file.Seek(end, SeekOrigin.Begin);
                throw new IOException(
                    $"the journal `{_path}` cannot be written: {exception.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; the run stops, so that nothing is paid for that is not kept. "
                    + "Make room and resume it", exception);
            }
        }
    }

    private sealed class Taken(RlmJournal journal) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref journal._isTaken, 0);
    }
}
