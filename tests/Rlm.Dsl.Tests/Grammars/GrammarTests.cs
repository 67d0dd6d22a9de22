using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>LANGUAGE's section 2 against the parser.</summary>
internal sealed class GrammarTests
{
    [TestCase(1, 9, 1500)]
    [TestCase(2, 16, 1000)]
    [TestCase(3, 22, 500)]
    [CancelAfter(120_000)]
    public void Parse_DerivedFromTheGrammar_IsAccepted(int seed, int depth, int count)
    {
        var rules = EbnfReader.Read(File.ReadAllText(CaseFile.PathOf("grammar.ebnf")));
        var refused = new Derivation(rules, seed, depth).Derive("program", count)
            .Where(text => text.Trim().Length > 0)
            .Select(text => (Text: text, Found: ProgramParser.Parse(new SourceText(text)).Diagnostics))
            .Where(parsed => parsed.Found.Any(diagnostic => !IsMeant(diagnostic)))
            .OrderBy(parsed => parsed.Text.Length)
            .Select(parsed => DiagnosticRenderer.Render(parsed.Found, new SourceText(parsed.Text)))
            .ToList();

        Assert.That(refused.Take(12), Is.Empty, $"{refused.Count} of {count}");
    }

    // The grammar lets `left join` stand without `on`, which means nothing: the parser asks for it.
    private static bool IsMeant(Diagnostic diagnostic) =>
        diagnostic.Descriptor == DslDiagnostics.TooDeep || (diagnostic.Help?.Contains("`left join ROWS on FIELD, …`", StringComparison.Ordinal) ?? false);
}
