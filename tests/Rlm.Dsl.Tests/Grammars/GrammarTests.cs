using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Dsl.Grammars;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>The grammar of docs/specification.md, section 2, against the parser and the catalogue.</summary>
internal sealed partial class GrammarTests
{
    [TestCase(1, 9, 1500)]
    [TestCase(2, 16, 1000)]
    [TestCase(3, 22, 500)]
    [CancelAfter(120_000)]
    public void Parse_DerivedFromTheGrammar_IsAccepted(int seed, int depth, int count)
    {
        var refused = new Derivation(EbnfReader.Read(Grammar()), seed, depth).Derive("program", count)
            .Where(text => text.Trim().Length > 0)
            .Select(text => (Text: text, Found: ProgramParser.Parse(new SourceText(text)).Diagnostics))
            .Where(parsed => parsed.Found.Any(diagnostic => !IsMeant(diagnostic)))
            .OrderBy(parsed => parsed.Text.Length)
            .Select(parsed => DiagnosticRenderer.Render(parsed.Found, new SourceText(parsed.Text)))
            .ToList();

        Assert.That(refused.Take(12), Is.Empty, $"{refused.Count} of {count}");
    }

    [Test]
    public void Grammar_EveryWordOfTheCatalogue_StandsInIt()
    {
        string[] known = [.. QuotedWord.Matches(Grammar()).Select(match => match.Groups[1].Value)];
        string[] words = [.. OperatorCatalog.All.SelectMany(signature => WordsOf(signature.Shape).Append(signature.Head))
            .Where(word => char.IsLetter(word[0])).Distinct()];

        Assert.That(words, Has.Length.GreaterThan(60));
        Assert.That(words.Except(known), Is.Empty);
    }

    [Test]
    public void CoreGrammar_Rules_AreThoseOfThePage()
    {
        var page = EbnfReader.Read(Grammar());

        Assert.Multiple(() =>
        {
            foreach (var (name, rule) in CoreGrammar.Rules)
                Assert.That(EbnfText.Of(rule), Is.EqualTo(EbnfText.Of(page[name])), name);
        });
    }

    // The grammar lets `left join` stand without `on`, which means nothing: the parser asks for it.
    private static bool IsMeant(Diagnostic diagnostic) =>
        diagnostic.Descriptor == DslDiagnostics.TooDeep
            || (diagnostic.Help?.Contains("`left join ROWS on FIELD, …`", StringComparison.Ordinal) ?? false);

    private static IEnumerable<string> WordsOf(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.SelectMany(WordsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(WordsOf),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(WordsOf),
        OptionalShape optional => WordsOf(optional.Inner),
        WordShape word => word.Alternatives,
        FlagShape flag => flag.Words,
        _ => [],
    };

    internal static string Grammar([CallerFilePath] string file = "")
    {
        string page = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "specification.md"));
        return Fence.Match(File.ReadAllText(page)).Groups["grammar"].Value;
    }

    [GeneratedRegex("```ebnf\n(?<grammar>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex QuotedWord { get; }
}
