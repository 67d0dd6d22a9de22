using System.Runtime.InteropServices;

namespace Rlm.Runtime.Models.Calls;

/// <summary>The replies that a run has, by what was asked: identical calls are made once, in whatever turn.</summary>
/// <remarks>A run may make a million calls, so what stays of one is its key and its text.</remarks>
internal sealed class ReplyCache(IReplyStore? earlier)
{
    /// <summary>Stands for a call in flight that nobody else waits for.</summary>
    private static readonly object Begun = new();

    private readonly Lock _lock = new();

    /// <summary>
    /// <see cref="Begun"/>, or the source of whoever waits for the call; then its text, the whole reply where that was cut off, or
    /// the exception that it ended with.
    /// </summary>
    private readonly Dictionary<CallKey, object> _calls = [];

    private int _hasShards;

    /// <summary>Whether a call is made once, and not each time that it is asked for.</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>The values of rows.</summary>
    public RowReplies Rows { get; private init; } = new();

    /// <summary>Whether what shards asked is to be gone through: true the first time.</summary>
    public bool TakesShards() => Interlocked.Exchange(ref _hasShards, 1) == 0;

    /// <summary>The replies of earlier runs alone, as a shard began with none of its own.</summary>
    public ReplyCache BeginApart() => new(earlier) { Rows = Rows.BeginApart(), IsShared = IsShared };

    /// <summary>The same replies for somebody who leaves no trace here.</summary>
    public ReplyCache Copy()
    {
        var copy = new ReplyCache(earlier) { Rows = new RowReplies(Rows) };
        lock (_lock)
        {
            foreach (var (key, held) in _calls)
            {
                if (held is string or ModelReply)
                    copy._calls.Add(key, held);
            }
        }

        return copy;
    }

    /// <summary>What the journal that the run goes on from holds of the call, or null.</summary>
    public HeldReply? FindJournaled(CallKey key) => earlier?.Take(key.ToString());

    /// <summary>Whether there is a reply to share, so that a call costs nothing.</summary>
    public bool Has(CallKey key)
    {
        if (earlier?.IsFree(key.ToString()) == true)
            return true;

        lock (_lock)
            return _calls.TryGetValue(key, out object? held) && held is string or ModelReply;
    }

    /// <summary>Forgets failed calls, so that they may be made again.</summary>
    public void ForgetFailures()
    {
        lock (_lock)
        {
            foreach (var (key, held) in _calls)
            {
                if (held is Exception)
                    _calls.Remove(key);
            }
        }
    }

    /// <summary>
    /// The reply of the call with this key that was begun already, a failure shared like a reply. Null for who comes first, who makes the
    /// call and then says what came of it.
    /// </summary>
    public Task<ModelReply>? Begin(CallKey key)
    {
        lock (_lock)
        {
            ref object? held = ref CollectionsMarshal.GetValueRefOrAddDefault(_calls, key, out bool isBegun);
            if (!isBegun || !IsShared)
            {
                held = Begun;
                return null;
            }

            if (held == Begun)
                held = new TaskCompletionSource<ModelReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            return held switch
            {
                TaskCompletionSource<ModelReply> waiting => waiting.Task,
                string text => Task.FromResult(new ModelReply("", default) { Text = text }),
                ModelReply reply => Task.FromResult(reply),
                _ => Task.FromException<ModelReply>((Exception)held!),
            };
        }
    }

    /// <summary>The call that was begun has a reply.</summary>
    public void End(CallKey key, ModelReply reply) => Keep(key, reply.IsCut ? reply : reply.Text)?.SetResult(reply);

    /// <summary>The call that was begun has none.</summary>
    public void Fail(CallKey key, Exception exception) => Keep(key, exception)?.SetException(exception);

    /// <summary>Keeps what came of a call; whoever waits for it, or null.</summary>
    private TaskCompletionSource<ModelReply>? Keep(CallKey key, object held)
    {
        lock (_lock)
        {
            ref object place = ref CollectionsMarshal.GetValueRefOrNullRef(_calls, key);
            var waiting = place as TaskCompletionSource<ModelReply>;
            place = held;
            return waiting;
        }
    }
}
