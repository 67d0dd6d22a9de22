using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Shards;

/// <summary>The replies of a journal, and behind them those that shards paid for.</summary>
/// <param name="journal">The journal; null for none.</param>
/// <param name="parts">What the shards paid for.</param>
internal sealed class ShardReplies(IReplyStore? journal, IReadOnlyDictionary<string, ModelReply> parts) : IReplyStore
{
    /// <summary>The replies that a run begins with; null for none.</summary>
    public static IReplyStore? Of(RlmOptions options) =>
        options.Parts is { Paid: not null } parts ? new ShardReplies(options.Journal, parts.Replies) : options.Journal;

    public HeldReply? Take(string key) =>
        journal?.Take(key) ?? (parts.TryGetValue(key, out var reply) ? new HeldReply(reply, IsCounted: false) : null);

    public bool IsFree(string key) => journal?.IsFree(key) == true || parts.ContainsKey(key);
}
