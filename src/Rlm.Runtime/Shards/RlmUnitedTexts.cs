namespace Rlm;

/// <summary>What an owner has of texts that are put together.</summary>
/// <param name="Owner">The owner.</param>
/// <param name="Texts">How many texts.</param>
/// <param name="Bytes">The length of their files.</param>
public sealed record RlmUnitedTexts(string Owner, int Texts, long Bytes);
