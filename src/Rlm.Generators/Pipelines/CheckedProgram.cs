using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>What a check has found.</summary>
/// <param name="FileName">The file of the pipeline's code, which tells pipelines apart.</param>
/// <param name="Findings">What is wrong with the program.</param>
internal sealed record CheckedProgram(string FileName, EquatableArray<ProgramFinding> Findings);

/// <summary>A diagnostic at its place in the program, wherever that stands.</summary>
internal sealed record ProgramFinding(DiagnosticDescriptor Descriptor, string Message, SourceSpan Span);
