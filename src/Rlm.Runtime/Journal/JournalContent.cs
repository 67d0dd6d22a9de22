using System.Text.Json;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Root;

namespace Rlm.Runtime.Journal;

/// <summary>What a journal holds already: replies by key, contexts by name, the last run and its result.</summary>
internal sealed class JournalContent
{
    private readonly Dictionary<string, Queue<HeldReply>> _replies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextMark> _contexts = new(StringComparer.Ordinal);
    private readonly List<string> _lastContexts = [];
    private int _rootCalls;

    private JournalContent(bool isReplay) => (IsReplay, ToolCalls) = (isReplay, new JournalToolCalls(isReplay));

    public static JournalContent Empty => new(isReplay: false);

    /// <summary>Whether the last run is to be run again as it was.</summary>
    public bool IsReplay { get; }

    /// <summary>The calls of tools that write.</summary>
    public JournalToolCalls ToolCalls { get; }

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

    /// <summary>
    /// Reads a journal; what follows the last line end was torn by a kill and is left out, and so is a damaged
    /// line, whose call is made again.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="isReplay">Whether the last run is to be run again as it was: its own replies count as calls, and its
    /// failures are held too.</param>
    /// <exception cref="IOException">The file cannot be read, is not a journal of a version that this rlm reads, or is to be
    /// replayed and damaged.</exception>
    public static JournalContent Read(string path, bool isReplay)
    {
        var reader = new JournalReader(path);
        var content = new JournalContent(isReplay);
        foreach (var (entry, _) in reader.ReadEntries())
            content.Add(entry);

        content.Damage = reader.Damage;
        if (isReplay && content.Damage is { } damage)
            throw new IOException($"{damage}: the run cannot be told again as it was; resuming it asks for what is lost");
        if (!isReplay)
            content.DropFailures();
        (content.WholeBytes, content.LastNumber) = (reader.WholeBytes, reader.LastNumber);
        return content;
    }

    public ContextMark? FindContext(string name) => _contexts.GetValueOrDefault(name);

    /// <summary>A context of the run that is replayed which is not among these; null for none.</summary>
    public string? FindMissing(IReadOnlyList<ContextMark> marks) =>
        IsReplay ? _lastContexts.FirstOrDefault(name => marks.All(mark => mark.Name != name)) : null;

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

    private void Add(IJournalEntry entry)
    {
        switch (entry)
        {
            case JournalRun run:
                LastRun = run;
                LastResult = null;
                _rootCalls = 0;
                _lastContexts.Clear();
                SettleRun();
                ToolCalls.BeginRun();
                break;
            case ContextMark mark:
                _contexts[mark.Name] = mark;
                _lastContexts.Add(mark.Name);
                break;
            case CallEntry { Call: var call }:
                _rootCalls += call.Model == ModelCaller.Root ? 1 : 0;
                Add(call.Key, new HeldReply(call.Reply, IsReplay) { Limit = call.Limit });
                break;
            case RefusedEntry { Call: var refused }:
                Add(refused.Key, new HeldReply(null, IsReplay) { Limit = refused.Limit, Charged = refused.Charged });
                break;
            case FailedEntry { Call: var failed }:
                _rootCalls += failed.Model == ModelCaller.Root ? 1 : 0;
                Add(failed.Key, new HeldReply(
                    null, IsReplay)
                { Failure = failed.Failure, Message = failed.Message, Charged = failed.Charged });
                break;
            case ToolEntry begun:
                ToolCalls.Add(begun);
                break;
            case ToolEndEntry over:
                ToolCalls.Add(over);
                break;
            case EndEntry end:
                LastResult = end.Split(_rootCalls);
                _rootCalls = 0;
                break;
        }
    }

    private void Add(string key, HeldReply held)
    {
        if (!_replies.TryGetValue(key, out var earlier))
            _replies.Add(key, earlier = new Queue<HeldReply>());
        earlier.Enqueue(held);
    }

    /// <summary>Replies of runs before the one that begins are free in it, and their failures were asked about again.</summary>
    private void SettleRun()
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
}
