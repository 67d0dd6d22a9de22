using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Shards;

/// <summary>Gathers the replies of a shard's run for its part: those that are made, and those that its journal has already.</summary>
/// <param name="journal">The journal; null for none.</param>
internal sealed class ReplyRecorder(IRunJournal? journal) : IRunJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ModelReply> _replies = new(StringComparer.Ordinal);

    /// <summary>The replies so far.</summary>
    public IReadOnlyDictionary<string, ModelReply> Replies
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, ModelReply>(_replies, StringComparer.Ordinal);
        }
    }

    public string? Damage => journal?.Damage;

    public DateTimeOffset? ReplayedClock => journal?.ReplayedClock;

    public HeldReply? Take(string key)
    {
        var held = journal?.Take(key);
        if (held is { IsUsable: true })
            Keep(key, held.Reply!);
        return held;
    }

    public bool IsFree(string key) => journal?.IsFree(key) == true;

    public void Write(CallOutcome outcome)
    {
        journal?.Write(outcome);
        if (outcome is RepliedCall { Limit: null } call)
            Keep(call.Key, call.Reply);
    }

    public void Write(RlmEvent happened, int heldCalls) => journal?.Write(happened, heldCalls);

    public IDisposable TakeForRun() => journal?.TakeForRun() ?? new Untaken();

    public HeldToolCall? TakeToolCall(string key) => journal?.TakeToolCall(key);

    public void WriteToolCall(string key, string tool, TimeSpan at) => journal?.WriteToolCall(key, tool, at);

    public void Write(ToolOutcome outcome, TimeSpan at) => journal?.Write(outcome, at);

    private void Keep(string key, ModelReply reply)
    {
        lock (_lock)
            _replies[key] = reply;
    }

    private sealed class Untaken : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
