namespace Rlm;

/// <summary>The texts of a call, which a journal is read a second time for.</summary>
/// <param name="Reply">The reply as it came; null for a call without one.</param>
/// <param name="Prompt">The messages with their roles; empty where the journal keeps no prompts.</param>
public sealed record TracedCallText(string? Reply, IReadOnlyList<(string Role, string Text)> Prompt);
