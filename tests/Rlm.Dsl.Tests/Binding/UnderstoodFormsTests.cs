namespace Rlm.Dsl.Tests.Binding;

/// <summary>What other languages write and this one understands: the same program as the one below it (docs/specification.md, section 6).</summary>
internal sealed class UnderstoodFormsTests
{
    private static IEnumerable<TestCaseData> Cases => CaseFile.Read("understood.txt").Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    [TestCaseSource(nameof(Cases))]
    public void Compile_Written_IsTheCanonicalProgram(string body)
    {
        string[] parts = body.Split("\n---\n");

        Assert.That(Dump(parts[0]), Is.EqualTo(Dump(parts[1])));
    }

    [TestCase("parse html context |")]
    [TestCase("context | grep | /ERROR|FATAL/ count")]
    public void Compile_SeveralChanges_HintsPointIntoWhatIsRead(string text)
    {
        var program = RlmProgram.Compile(text);

        Assert.That(program.Diagnostics, Has.Count.GreaterThan(1));
        Assert.That(program.Diagnostics.Where(diagnostic => diagnostic.Span.End > program.Source.Content.Length), Is.Empty);
    }

    private static string Dump(string text)
    {
        var program = RlmProgram.Compile(text);
        Assert.That(program.HasErrors, Is.False, DiagnosticRenderer.Render(program.Diagnostics, program.Source));
        return BoundDump.Of(program);
    }
}
