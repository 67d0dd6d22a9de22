namespace Rlm;

/// <summary>A word of the language beside operators and functions: it opens a statement, joins conditions, or names what an item has.</summary>
/// <param name="Name">The word.</param>
/// <param name="Usage">How it stands in a program.</param>
/// <param name="Summary">What it means, in a clause without a full stop.</param>
/// <param name="Example">A program that has it.</param>
public sealed record RlmKeyword(string Name, string Usage, string Summary, string Example);
