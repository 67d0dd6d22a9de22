using System.Collections.Concurrent;

namespace Rlm.Runtime.Models;

/// <summary>The replies that a run has, by what was asked: identical calls are made once, in whatever turn.</summary>
internal sealed class ReplyCache(RlmJournal? journal)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ModelReply>>> _replies = new(StringComparer.Ordinal);

    /// <summary>What the journal that the run goes on from holds of the call, or null.</summary>
    public HeldReply? FindJournaled(string key) => journal?.Take(key);

    /// <summary>Whether there is a reply to share, so that a call costs nothing.</summary>
    public bool Has(string key) => journal?.IsFree(key) == true || _replies.TryGetValue(key, out var reply) && reply is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>Forgets failed calls, so that they may be made again.</summary>
    public void ForgetFailures()
    {
        foreach (var reply in _replies.Where(reply => reply.Value is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } }))
            _replies.TryRemove(reply);
    }

    /// <summary>The reply of the one call with this key; whoever comes first makes it, and a failure is shared like a reply.</summary>
    public Task<ModelReply> GetOrCallAsync(string key, Func<Task<ModelReply>> call) => _replies.GetOrAdd(key, _ => new Lazy<Task<ModelReply>>(call)).Value;
}
