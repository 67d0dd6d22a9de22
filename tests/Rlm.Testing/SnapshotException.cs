namespace Rlm.Testing;

/// <summary>A text is not what was verified.</summary>
public sealed class SnapshotException(string message) : Exception(message);
