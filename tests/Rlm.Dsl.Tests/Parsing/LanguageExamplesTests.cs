using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>The 50 tasks that the language was tried on.</summary>
internal sealed class LanguageExamplesTests
{
    private static IEnumerable<TestCaseData> Examples => CaseFile.Read("examples.rlm").Select(example => new TestCaseData(example.Body).SetArgDisplayNames(example.Name));

    [TestCaseSource(nameof(Examples))]
    public void Parse_Example_HasNoDiagnostic(string program)
    {
        var (tree, diagnostics) = ProgramParser.Parse(new SourceText(program));

        Assert.That(diagnostics.Select(diagnostic => $"{diagnostic.Span} {diagnostic.Message}"), Is.Empty);
        Assert.That(tree.Statements, Is.Not.Empty);
    }
}
