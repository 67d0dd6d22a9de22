using Rlm.Dsl.Binders;

namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>
/// The wrong programs with what they are told: those of <c>errors.txt</c>, and of <c>misreadings.txt</c> one for
/// each habit that has none there.
/// </summary>
internal static class ErrorCases
{
    public const string Separator = "\n---\n";

    public static IReadOnlyList<(string Name, string Body)> All { get; } = [.. CaseFile.Read("errors.txt"),
        .. CaseFile.Read("misreadings.txt")];

    /// <summary>A program as it stands: what can mean one thing only is told as well, and not read as that.</summary>
    public static RlmProgram Compile(string program) =>
        RlmProgram.CompileAsWritten(new SourceText(program, "program"), BindingEnvironment.WithTexts(["context"]));
}
