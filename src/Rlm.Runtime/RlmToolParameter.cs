namespace Rlm;

/// <summary>A parameter of a tool.</summary>
/// <param name="Name">The name, for arguments by name.</param>
/// <param name="Type">The type in the language's notation, as <see cref="RlmTool.ResultType"/> has it.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public sealed record RlmToolParameter(string Name, string Type, bool IsOptional = false)
{
    /// <summary>What it is, in one line for the root. Null where its name says it.</summary>
    public string? Description { get; init; }
}
