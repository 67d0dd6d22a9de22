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
    private static ReadOnlySpan<byte> Head => "{\"format\":\"rlm-journal-1\"}\n"u8;

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

        journal._file.Write(Head);
        journal._file.Flush();
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
        // Foreign files may be large and of one line: only so much is read of them as a journal begins with.
        byte[] head = new byte[Head.Length];
        int read = _file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!head.AsSpan(0, read).SequenceEqual(Head))
            throw new IOException($"`{path}` is no journal of this version of rlm");

        // What follows the last line end was torn by a kill, and the call of it is made again.
        _file.SetLength(EndOfLastLine());
        _file.Seek(Head.Length, SeekOrigin.Begin);
        using (var reader = new StreamReader(_file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true))
        {
            while (reader.ReadLine() is { } line)
                Take(line);
        }

        _file.Seek(0, SeekOrigin.End);
    }

    private long EndOfLastLine()
    {
        byte[] block = new byte[4096];
        for (long end = _file.Length; end > 0;)
        {
            long start = Math.Max(0, end - block.Length);
            _file.Seek(start, SeekOrigin.Begin);
            _file.ReadExactly(block, 0, (int)(end - start));
            int newline = Array.LastIndexOf(block, (byte)'\n', (int)(end - start) - 1);
            if (newline >= 0)
                return start + newline + 1;
            end = start;
        }

        return 0;
    }

    /// <summary>Takes the reply of a line, if it holds one; a line that was damaged is left alone.</summary>
    private void Take(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            if (entry.TryGetProperty("event", out var kind) && kind.ValueEquals("call"))
            {
                _replies[entry.GetProperty("key").GetString()!] = new ModelReply(
                    entry.GetProperty("reply").GetString()!, entry.GetProperty("inputTokens").GetInt64(), entry.GetProperty("outputTokens").GetInt64());
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
        }
    }
}
