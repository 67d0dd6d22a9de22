using Rlm.Dsl.Tests.Syntax;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>
/// What else is understood: layouts, strings, and what models and people write instead (docs/specification.md, section 6).
/// </summary>
internal sealed class EquivalentFormsTests
{
    private static IEnumerable<TestCaseData> Cases =>
        CaseFile.Read("equivalents.txt").Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    [TestCaseSource(nameof(Cases))]
    public void Parse_Written_IsTheCanonicalTree(string body)
    {
        string[] parts = body.Split("\n---\n");

        Assert.That(Tree(parts[0]), Is.EqualTo(Tree(parts[1])));
    }

    [TestCaseSource(nameof(Cases))]
    public void Parse_WithCarriageReturns_IsTheCanonicalTree(string body)
    {
        string[] parts = body.Split("\n---\n");
        Assume.That(parts[0], Does.Not.Contain("\"\"\"").And.Not.Match("\"[^\"\n]*\n"));

        Assert.That(Tree(parts[0].ReplaceLineEndings("\r\n")), Is.EqualTo(Tree(parts[1])));
        Assert.That(Tree(parts[0].ReplaceLineEndings("\r")), Is.EqualTo(Tree(parts[1])));
    }

    [TestCase("let n = 1\r# c\ranswer n", "let n = 1\nanswer n")]
    [TestCase("let n = 1 # c\ranswer n", "let n = 1\nanswer n")]
    [TestCase("// c\r-- d\rcontext\r  # e\r  | lines\r  count", "context | lines | count")]
    public void Parse_LoneCarriageReturn_EndsTheLine(string program, string canonical)
    {
        Assert.That(Tree(program), Is.EqualTo(Tree(canonical)));
        Assert.That(Tree(RlmLanguage.Format(program).Text), Is.EqualTo(Tree(canonical)));
        Assert.That(RlmLanguage.Format(program).Text, Does.Contain("\n").And.Not.Contain("\r"));
    }

    [TestCase("let r = context | words | count by it\nanswer r | get it")]
    [TestCase("let r = context | words\nanswer length(r)")]
    [TestCase("let r = context | words\nanswer r.count()")]
    [TestCase("context | lines | where it contains /a/")]
    [TestCase("context | extract /(?P<a>.)/ | get a")]
    public void Compile_UnderstoodByTheBinder_HasNoDiagnostic(string program) =>
        Assert.That(RlmProgram.Compile(program).Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);

    private static string Tree(string text)
    {
        var (program, diagnostics) = ProgramParser.Parse(new SourceText(text));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty, text);
        return string.Join("\n", program.Statements.Select(SyntaxDump.Of));
    }
}
