using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>Programs as small models and hurried people write them, and what they are told.</summary>
internal sealed class ErrorCasesTests
{
    private const string Separator = "\n---\n";

    private static IEnumerable<TestCaseData> Cases => CaseFile.Read("errors.txt").Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    [TestCaseSource(nameof(Cases))]
    public void Compile_WrongProgram_SaysWhatToWrite(string body)
    {
        string[] parts = body.Split(Separator);
        var program = RlmProgram.Compile(parts[0]);

        Assert.That(Lines(DiagnosticRenderer.Render(program.Diagnostics, program.Source)), Is.EqualTo(Lines(parts[1])));
        Assert.That(program.Diagnostics.Where(diagnostic => diagnostic.Help is null).Select(diagnostic => diagnostic.Message), Is.Empty, "no help");
    }

    // Editors trim the blanks at a line's end.
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line is not "  |" and not "")];
}
