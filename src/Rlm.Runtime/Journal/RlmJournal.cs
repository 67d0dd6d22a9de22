using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Rlm.Runtime.Events;
using Rlm.Runtime.Models;

namespace Rlm.Runtime;

/// <summary>An append-only file of everything that happened in a run, and the replies in it to take again.</summary>
/// <remarks>
/// One JSON object a line, written as it happens and handed to the system at once. A reply is found again by a hash of the model and the
/// whole prompt; contexts and keys are not in it, replies and programs are.
/// </remarks>
public sealed class RlmJournal : IDisposable
{
    private const string Format = "rlm-journal-1";

    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly ConcurrentDictionary<string, ModelReply> _replies = new(StringComparer.Ordinal);

    private RlmJournal(FileStream file) => _file = file;

    /// <summary>Replies that can be taken again.</summary>
    public int ReplyCount => _replies.Count;

    /// <summary>Starts a new journal.</summary>
    /// <exception cref="IOException">The file has content already, or cannot be written.</exception>
    public static RlmJournal Create(string path)
    {
        var journal = Open(path);
        if (journal._file.Length > 0)
        {
            journal.Dispose();
            throw new IOException($"the journal `{path}` has content already; go on with it by --resume, or name another file");
        }

        journal.Append(writer => writer.WriteString("format", Format));
        return journal;
    }

    /// <summary>Opens a journal, takes its replies, and goes on writing at its end; a torn last line is dropped.</summary>
    /// <exception cref="IOException">The file is missing, cannot be read or written, or is no journal.</exception>
    public static RlmJournal Resume(string path)
    {
        if (!File.Exists(path))
            throw new IOException($"there is no journal `{path}` to go on with; leave --resume out to start one");

        var journal = Open(path);
        try
        {
            journal.Load(path);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    internal ModelReply? Find(string key) => _replies.GetValueOrDefault(key);

    /// <summary>Writes a reply down, so that it is never paid for again.</summary>
    internal void Write(string key, ModelReply reply, TimeSpan at, TimeSpan took)
    {
        _replies[key] = reply;
        Append(writer =>
        {
            writer.WriteString("event", "call");
            writer.WriteNumber("atMs", (long)at.TotalMilliseconds);
            writer.WriteNumber("tookMs", (long)took.TotalMilliseconds);
            writer.WriteString("key", key);
            writer.WriteNumber("inputTokens", reply.InputTokens);
            writer.WriteNumber("outputTokens", reply.OutputTokens);
            writer.WriteString("reply", reply.Text);
        });
    }

    internal void Write(RlmEvent happened) => Append(writer => JournalEntry.Write(writer, happened));

    private static RlmJournal Open(string path)
    {
        try
        {
            return new RlmJournal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"the journal `{path}` cannot be written: {exception.Message}", exception);
        }
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_lock)
        {
            _file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            _file.Flush();
        }
    }

    private void Load(string path)
    {
        long end = 0;
        bool hasFormat = false;
        using (var reader = new StreamReader(_file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true))
        {
            while (reader.ReadLine() is { } line)
            {
                if (!TryRead(line, ref hasFormat))
                    break;
                end += Encoding.UTF8.GetByteCount(line) + 1;
            }
        }

        if (!hasFormat)
            throw new IOException($"`{path}` is no journal of this version of rlm");

        // What follows the last whole line was torn by a kill, and the call of it is made again.
        _file.SetLength(Math.Min(end, _file.Length));
        _file.Seek(0, SeekOrigin.End);
    }

    private bool TryRead(string line, ref bool hasFormat)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            if (!hasFormat)
                return hasFormat = entry.TryGetProperty("format", out var format) && format.ValueEquals(Format);

            if (entry.TryGetProperty("event", out var kind) && kind.ValueEquals("call"))
            {
                _replies[entry.GetProperty("key").GetString()!] = new ModelReply(
                    entry.GetProperty("reply").GetString()!, entry.GetProperty("inputTokens").GetInt64(), entry.GetProperty("outputTokens").GetInt64());
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
