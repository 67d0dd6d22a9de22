namespace Rlm.Runtime.Asking.Spellings;

/// <summary>A name as it is written, and how many rows have it.</summary>
/// <param name="Text">The name.</param>
/// <param name="Count">The rows.</param>
internal sealed record SpelledName(string Text, int Count);
