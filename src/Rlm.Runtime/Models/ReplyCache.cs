using System.Collections.Concurrent;

namespace Rlm.Runtime.Models;

/// <summary>The replies that a run has, by what was asked: identical calls are made once, in whatever turn.</summary>
internal sealed class ReplyCache(RlmJournal? journal)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ModelReply>>> _replies = new(StringComparer.Ordinal);

    /// <summary>The reply of a journal that the run goes on from, or null.</summary>
    public ModelReply? FindJournaled(string key) => journal?.Find(key);

    /// <summary>The reply of the one call with this key; whoever comes first makes it. A failed call is forgotten, so that it may be made again.</summary>
    public async Task<ModelReply> GetOrCallAsync(string key, Func<Task<ModelReply>> call)
    {
        var shared = _replies.GetOrAdd(key, _ => new Lazy<Task<ModelReply>>(call));
        try
        {
            return await shared.Value.ConfigureAwait(false);
        }
        catch
        {
            _replies.TryRemove(new KeyValuePair<string, Lazy<Task<ModelReply>>>(key, shared));
            throw;
        }
    }
}
