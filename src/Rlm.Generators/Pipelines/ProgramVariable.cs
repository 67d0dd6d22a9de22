namespace Rlm.Generators.Pipelines;

/// <summary>A variable that a program finds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Notation">Its type in the language's notation; null for a list of documents.</param>
internal sealed record ProgramVariable(string Name, string? Notation);
