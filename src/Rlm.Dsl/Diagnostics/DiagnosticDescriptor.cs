namespace Rlm;

/// <summary>A kind of diagnostic: what <c>docs/diagnostics.md</c> has a row for.</summary>
/// <param name="Id">Stable id, such as <c>RLM2001</c>; never reused.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Example">A program that has it.</param>
/// <param name="Fix">What to do about it, in one sentence.</param>
/// <remarks>
/// The defaults are those of the first version. One that comes later says so behind its texts, <c>{ Since = "0.2.0" }</c>, and one that is
/// given up stays in its table as <c>{ IsInUse = false }</c>.
/// </remarks>
public sealed record DiagnosticDescriptor(string Id, string Title, DiagnosticSeverity Severity, string Example, string Fix)
{
    /// <summary>The version that told it first.</summary>
    public string Since { get; init; } = "0.1.0";

    /// <summary>Whether it is still told; one that is not keeps its id and its row.</summary>
    public bool IsInUse { get; init; } = true;

    /// <summary>The same in words, as <c>rlm help</c> and the pages show it.</summary>
    public string Status => IsInUse ? "in use" : "no longer told";
}
