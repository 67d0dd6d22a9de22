using System.Text;
using System.Text.Json;
using Rlm.Runtime.Models;
using Rlm.Runtime.Root;

namespace Rlm.Runtime;

/// <summary>What a journal holds already: replies by key, contexts by name, the last run and its result.</summary>
internal sealed class JournalContent
{
    public const string Format = "rlm-journal";
    public const int FormatVersion = 2;

    private readonly Dictionary<string, Queue<HeldReply>> _replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextMark> _contexts = new(StringComparer.Ordinal);
    private readonly List<string> _lastContexts = [];
    private readonly bool _isReplay;

    private JournalContent(bool isReplay) => _isReplay = isReplay;

    public static JournalContent Empty => new(isReplay: false);

    public int ReplyCount => _replies.Values.Count(held => held.Any(reply => reply.IsUsable));

    public JournalRun? LastRun { get; private set; }

    public RlmResult? LastResult { get; private set; }

    /// <summary>Bytes up to the end of the last whole line.</summary>
    public long WholeBytes { get; private set; }

    public static void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("formatVersion", FormatVersion);
        writer.WriteString("rlmVersion", typeof(RlmJournal).Assembly.GetName().Version?.ToString(3));
        writer.WriteString("promptVersion", RootPrompt.Version);
    }

    /// <summary>Reads a journal; what follows the last line end was torn by a kill and is left out, and so is a damaged line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isReplay">Whether the last run is to be run again as it was: its own replies count as calls, and its failures are held too.</param>
    /// <exception cref="IOException">The file cannot be read or is no journal of this version.</exception>
    public static JournalContent Read(string path, bool isReplay)
    {
        var content = new JournalContent(isReplay);
        foreach (var (entry, end) in Entries(path))
        {
            content.WholeBytes = end;
            try
            {
                if (entry is { } read)
                    content.Add(read.RootElement);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                // A line that was damaged; its call is made again.
            }
        }

        if (!isReplay)
            content.DropFailures();
        return content;
    }

    /// <summary>The entries behind the head, with the offset behind each; null for a line that is no JSON object.</summary>
    public static IEnumerable<(JsonDocument? Entry, long End)> Entries(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
        var line = new MemoryStream();
        byte[] block = new byte[64 * 1024];
        long offset = 0;
        bool isHead = true;
        for (int count; (count = file.Read(block)) > 0;)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(block, (byte)'\n', start, count - start)) >= 0; start = end + 1)
            {
                line.Write(block, start, end - start);
                using var entry = TryParse(line);
                line.SetLength(0);
                if (isHead)
                    RequireHead(path, entry?.RootElement);
                isHead = false;
                yield return (entry, offset + end + 1);
            }

            line.Write(block, start, count - start);
            // Foreign files may be large and of one line: only so much of them is read as a head may have.
            if (isHead && line.Length > block.Length)
                break;
            offset += count;
        }

        if (isHead)
            RequireHead(path, null);
    }

    public ContextMark? FindContext(string name) => _contexts.GetValueOrDefault(name);

    /// <summary>A context of the run that is replayed which is not among these; null for none.</summary>
    public string? FindMissing(IReadOnlyList<ContextMark> marks) =>
        _isReplay ? _lastContexts.FirstOrDefault(name => marks.All(mark => mark.Name != name)) : null;

    public bool IsFree(string key)
    {
        lock (_replies)
            return _replies.TryGetValue(key, out var held) && held.Peek() is { IsUsable: true, IsCounted: false };
    }

    public HeldReply? Take(string key)
    {
        lock (_replies)
        {
            if (!_replies.TryGetValue(key, out var held))
                return null;
            return held.Count > 1 ? held.Dequeue() : held.Peek();
        }
    }

    private static JsonDocument? TryParse(MemoryStream line)
    {
        try
        {
            var entry = JsonDocument.Parse(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
            return entry.RootElement.ValueKind == JsonValueKind.Object ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void RequireHead(string path, JsonElement? head)
    {
        if (head is not { } entry || !entry.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String
            || !format.GetString()!.StartsWith(Format, StringComparison.Ordinal))
        {
            throw new IOException($"`{path}` is no journal of rlm");
        }

        string version = entry.TryGetProperty("formatVersion", out var number) ? number.ToString() : format.GetString()!.Replace(Format + "-", "", StringComparison.Ordinal);
        if (version != FormatVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))
            throw new IOException($"the journal `{path}` has format version {version} and this rlm reads {FormatVersion}; use the rlm that wrote it, or start a new journal");
    }

    private void Add(JsonElement entry)
    {
        switch (entry.TryGetProperty("event", out var kind) ? kind.GetString() : null)
        {
            case "run":
                LastRun = JournalRun.Read(entry);
                LastResult = null;
                _lastContexts.Clear();
                Settle();
                break;
            case "context":
                var mark = ContextMark.Read(entry);
                _contexts[mark.Name] = mark;
                _lastContexts.Add(mark.Name);
                break;
            case "call":
                Add(entry, new HeldReply(ReplyOf(entry, entry.GetProperty("reply").GetString()!), default, null, _isReplay) { Limit = entry.TryGetProperty("limit", out var limit) ? limit.GetString() : null });
                break;
            case "refused":
                Add(entry, new HeldReply(null, default, null, _isReplay) { Limit = entry.GetProperty("limit").GetString()! });
                break;
            case "failed":
                Add(entry, new HeldReply(null, Enum.Parse<ModelFailure>(entry.GetProperty("failure").GetString()!), entry.GetProperty("message").GetString()!, _isReplay)
                {
                    Charged = entry.TryGetProperty("inputTokens", out _) ? ReplyOf(entry, "") : null,
                });
                break;
            case "end":
                LastResult = ResultOf(entry);
                break;
        }
    }

    private void Add(JsonElement entry, HeldReply held)
    {
        string key = entry.GetProperty("key").GetString()!;
        if (!_replies.TryGetValue(key, out var earlier))
            _replies.Add(key, earlier = new Queue<HeldReply>());
        earlier.Enqueue(held);
    }

    /// <summary>Replies of runs before the one that begins are free in it, and their failures were asked about again.</summary>
    private void Settle()
    {
        DropFailures();
        foreach (string key in _replies.Keys.ToArray())
            _replies[key] = new Queue<HeldReply>([_replies[key].Last() with { IsCounted = false }]);
    }

    private void DropFailures()
    {
        foreach (string key in _replies.Keys.ToArray())
        {
            var replies = _replies[key].Where(held => held.IsUsable).ToList();
            if (replies.Count == 0)
                _replies.Remove(key);
            else
                _replies[key] = new Queue<HeldReply>(replies);
        }
    }

    private static ModelReply ReplyOf(JsonElement entry, string text) =>
        new(text, entry.GetProperty("inputTokens").GetInt64(), entry.GetProperty("outputTokens").GetInt64())
        {
            CachedInputTokens = entry.TryGetProperty("cachedInputTokens", out var cached) ? cached.GetInt64() : 0,
            CacheWriteTokens = entry.TryGetProperty("cacheWriteTokens", out var written) ? written.GetInt64() : 0,
            IsCut = entry.TryGetProperty("cut", out _),
            IsRefused = entry.TryGetProperty("refused", out _),
        };

    private static RlmResult ResultOf(JsonElement entry) => new()
    {
        Outcome = Enum.Parse<RlmOutcome>(entry.GetProperty("outcome").GetString()!),
        Answer = entry.GetProperty("answer").GetString(),
        IsPartial = entry.GetProperty("partial").GetBoolean(),
        Reasons = [.. entry.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)],
        Usage = new RlmUsage(
            entry.GetProperty("calls").GetInt32(), entry.GetProperty("callsLeft").GetInt32(), entry.GetProperty("steps").GetInt32(),
            entry.GetProperty("inputTokens").GetInt64(), entry.GetProperty("outputTokens").GetInt64(),
            entry.TryGetProperty("costUsd", out var cost) ? cost.GetDecimal() : null, TimeSpan.FromMilliseconds(entry.GetProperty("elapsedMs").GetInt64()))
        {
            CachedInputTokens = entry.TryGetProperty("cachedInputTokens", out var cached) ? cached.GetInt64() : 0,
            CacheWriteTokens = entry.TryGetProperty("cacheWriteTokens", out var written) ? written.GetInt64() : 0,
        },
    };
}
