namespace Rlm;

/// <summary>A parameter of a tool.</summary>
/// <param name="Name">The name, for arguments by name.</param>
/// <param name="Type">The type in the language's notation; one of text, number, bool, date, or a list of one of them.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public sealed record RlmToolParameter(string Name, string Type, bool IsOptional = false);
