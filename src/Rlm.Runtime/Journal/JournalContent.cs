using System.Text.Json;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Root;

namespace Rlm.Runtime;

/// <summary>What a journal holds already: replies by key, contexts by name, the last run and its result.</summary>
internal sealed class JournalContent
{
    private readonly Dictionary<string, Queue<HeldReply>> _replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextMark> _contexts = new(StringComparer.Ordinal);
    private readonly List<string> _lastContexts = [];
    private readonly bool _isReplay;

    private JournalContent(bool isReplay) => _isReplay = isReplay;

    public static JournalContent Empty => new(isReplay: false);

    public int ReplyCount => _replies.Values.Count(held => held.Any(reply => reply.IsUsable));

    public JournalRun? LastRun { get; private set; }

    public RlmResult? LastResult { get; private set; }

    /// <summary>Bytes up to the end of the last whole line; 0 where not even the head was written.</summary>
    public long WholeBytes { get; private set; }

    /// <summary>The number of the last line.</summary>
    public long LastNumber { get; private set; }

    /// <summary>What is to be told of damaged lines; null where there is none.</summary>
    public string? Damage { get; private set; }

    public static void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteString("format", JournalReader.Format);
        writer.WriteNumber("formatVersion", JournalReader.FormatVersion);
        writer.WriteString("rlmVersion", typeof(RlmJournal).Assembly.GetName().Version?.ToString(3));
        writer.WriteString("promptVersion", RootPrompt.VersionOf(new RlmOptions()));
    }

    /// <summary>Reads a journal; what follows the last line end was torn by a kill and is left out, and so is a damaged line, whose call is made again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isReplay">Whether the last run is to be run again as it was: its own replies count as calls, and its failures are held too.</param>
    /// <exception cref="IOException">The file cannot be read, is no journal of a version that this rlm reads, or is to be replayed and damaged.</exception>
    public static JournalContent Read(string path, bool isReplay)
    {
        var reader = new JournalReader(path);
        var content = new JournalContent(isReplay);
        foreach (var entry in reader.Read())
        {
            try
            {
                content.Add(entry.RootElement);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                // Of the version without checksums.
                reader.MarkDamaged();
            }
        }

        content.Damage = reader.Damage;
        if (isReplay && content.Damage is { } damage)
            throw new IOException($"{damage}: the run cannot be told again as it was; its command with --resume asks for what is lost");
        if (!isReplay)
            content.DropFailures();
        (content.WholeBytes, content.LastNumber) = (reader.WholeBytes, reader.LastNumber);
        return content;
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
