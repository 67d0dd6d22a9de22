namespace Rlm;

/// <summary>A call that waits for a worker. It has neither an address nor a key: those are the worker's own.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="Id">What the run calls it; no other of its calls has that name.</param>
/// <param name="Path">The path below the worker's address, such as <c>chat/completions</c>.</param>
/// <param name="Body">The request, JSON in UTF-8.</param>
/// <param name="TimeLimit">Time for the attempt, from when a worker sends it.</param>
public sealed record QueuedCall(string Run, string Id, string Path, ReadOnlyMemory<byte> Body, TimeSpan TimeLimit);
