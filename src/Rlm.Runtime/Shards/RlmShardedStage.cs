namespace Rlm;

/// <summary>A stage of a program that many machines work on.</summary>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Place">Where it is run.</param>
public sealed record RlmShardedStage(string Stage, RlmShardPlace Place)
{
    /// <summary>Whether it asks a model. On the shards it does so within the limits of each; in the merge only for what no shard asked.</summary>
    public bool IsPaid { get; init; }
}
