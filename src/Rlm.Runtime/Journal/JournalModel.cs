namespace Rlm.Runtime;

/// <summary>A model as a journal knows it: what keys and packing depend on, without address and key.</summary>
/// <param name="Provider">The protocol's name; null for a client that does not say.</param>
/// <param name="Name">The model's name.</param>
/// <param name="WindowTokens">Its window.</param>
/// <param name="MaxOutputTokens">Its longest reply.</param>
internal sealed record JournalModel(string? Provider, string? Name, int WindowTokens, int MaxOutputTokens);
