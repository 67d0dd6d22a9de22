using System.Collections.Concurrent;

namespace Rlm.Runtime.Models;

/// <summary>The replies that a run has, by what was asked: identical calls are made once, in whatever turn.</summary>
internal sealed class ReplyCache(RlmJournal? journal)
{
    private readonly ConcurrentDictionary<string, Task<ModelReply>> _replies = new(StringComparer.Ordinal);

    /// <summary>The same replies for somebody who leaves no trace here.</summary>
    public ReplyCache Copy()
    {
        var copy = new ReplyCache(journal);
        foreach (var reply in _replies.Where(reply => reply.Value.IsCompletedSuccessfully))
            copy._replies.TryAdd(reply.Key, reply.Value);
        return copy;
    }

    /// <summary>What the journal that the run goes on from holds of the call, or null.</summary>
    public HeldReply? FindJournaled(string key) => journal?.Take(key);

    /// <summary>Whether there is a reply to share, so that a call costs nothing.</summary>
    public bool Has(string key) => journal?.IsFree(key) == true || _replies.TryGetValue(key, out var reply) && reply.IsCompletedSuccessfully;

    /// <summary>Forgets failed calls, so that they may be made again.</summary>
    public void ForgetFailures()
    {
        foreach (var reply in _replies.Where(reply => reply.Value is { IsCompleted: true, IsCompletedSuccessfully: false }))
            _replies.TryRemove(reply);
    }

    /// <summary>The reply of the one call with this key; whoever comes first makes it, and a failure is shared like a reply.</summary>
    public Task<ModelReply> GetOrCallAsync(string key, Func<Task<ModelReply>> call)
    {
        if (_replies.TryGetValue(key, out var reply))
            return reply;

        // What is kept is the reply alone, not the call that made it.
        var own = new TaskCompletionSource<ModelReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        reply = _replies.GetOrAdd(key, own.Task);
        return reply == own.Task ? CallAsync(own, call) : reply;
    }

    private static async Task<ModelReply> CallAsync(TaskCompletionSource<ModelReply> own, Func<Task<ModelReply>> call)
    {
        try
        {
            var reply = await call().ConfigureAwait(false);
            own.SetResult(reply);
            return reply;
        }
        catch (OperationCanceledException exception)
        {
            own.SetCanceled(exception.CancellationToken);
            throw;
        }
        catch (Exception exception)
        {
            own.SetException(exception);
            _ = own.Task.Exception;
            throw;
        }
    }
}
