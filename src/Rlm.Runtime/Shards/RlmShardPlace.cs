namespace Rlm;

/// <summary>Where a stage of a program is run that many machines work on.</summary>
public enum RlmShardPlace
{
    /// <summary>By each shard, over its stretch of the texts: lines that it leaves out are not sent, and what it asked is not asked again.</summary>
    OnTheShards,

    /// <summary>In the merge, over what the shards have counted: one line of those that say the same, and how many they are; or over what each would take alone.</summary>
    Merged,

    /// <summary>In the merge, over the lines that the shards sent.</summary>
    Here,
}
