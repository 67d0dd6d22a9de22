using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Documentation;

/// <summary>Programs in the pages that people read compile.</summary>
internal sealed partial class DocumentedProgramTests
{
    [TestCase("README.md")]
    [TestCase("docs/language.md")]
    [TestCase("docs/specification.md")]
    public void Program_InPage_HasNoDiagnostic(string page)
    {
        var programs = Fence.Matches(File.ReadAllText(Path.Combine(Root(), page))).Select(match => match.Groups["program"].Value).ToList();

        Assert.That(programs, Is.Not.Empty);
        Assert.That(programs.Select(program => RlmProgram.Compile(program)).SelectMany(
            program => program.Diagnostics.Select(diagnostic => DiagnosticRenderer.Render(diagnostic, program.Source))), Is.Empty);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("```rlm\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence { get; }
}
