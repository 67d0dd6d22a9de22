namespace Rlm;

/// <summary>A stage of a program that many machines work on.</summary>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Place">Where it is run.</param>
public sealed record RlmShardedStage(string Stage, RlmShardPlace Place);
