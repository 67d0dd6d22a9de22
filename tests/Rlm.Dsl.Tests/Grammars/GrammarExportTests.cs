using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Grammars;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Tests.Formatting;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>What is derived from the exported grammar is a program; and each program that is written in the canonical layout is derived.</summary>
internal sealed class GrammarExportTests
{
    private static readonly IReadOnlyList<(string Name, GrammarNode Node)> Rules = GrammarBuilder.Build(isReply: false, []);

    /// <summary>A line that goes on within brackets or behind a comma, a comment between stages, other quotes, and operators that are refused.</summary>
    private static readonly Regex LeftOut = new("""\n +[^| ]|\n {4,}\||\n  #|'|"{3}|\| group similar """, RegexOptions.CultureInvariant);

    /// <summary>A quote that is no text's own: where a line has an odd number of them, a string goes on behind it.</summary>
    private static readonly Regex Quote = new(@"(?<!\\)""", RegexOptions.CultureInvariant);

    [TestCase(1, 12, 1500)]
    [TestCase(2, 18, 1500)]
    [TestCase(3, 26, 1000)]
    [CancelAfter(120_000)]
    public void Parse_DerivedFromTheExport_IsAccepted(int seed, int depth, int count)
    {
        // RLM_DERIVED=100000 for as many as that of each.
        if (int.TryParse(Environment.GetEnvironmentVariable("RLM_DERIVED"), CultureInfo.InvariantCulture, out int asked))
            count = asked;
        var derived = new CharacterDerivation(Rules, seed, depth, Words()).Derive(count).ToList();
        var refused = derived
            .Select(text => (Text: text, Found: ProgramParser.Parse(new SourceText(text)).Diagnostics))
            .Where(parsed => parsed.Found.Any(diagnostic => diagnostic.Descriptor != DslDiagnostics.TooDeep))
            .OrderBy(parsed => parsed.Text.Length)
            .Select(parsed => DiagnosticRenderer.Render(parsed.Found, new SourceText(parsed.Text)))
            .ToList();

        Assert.That(refused.Take(40), Is.Empty, $"{refused.Count} of {count}");
        Assert.That(derived.Distinct().Count(), Is.GreaterThan(count / 2));
    }

    /// <summary>
    /// Every program of the pages, samples and cases that parses is in the grammar, or written in one of the ways that it leaves out. Grammars and
    /// programs are put where tests/grammar/check.sh finds them for an engine of others.
    /// </summary>
    [Test]
    public void Programs_OfTheRepository_AreInTheExport()
    {
        var grammar = new GrammarRecognizer(Rules);
        var all = Formatted(ProgramTexts.All).ToLookup(grammar.IsTaken);
        string[] own = [.. Formatted(ProgramTexts.Own).Where(text => !grammar.IsTaken(text))];
        string folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "grammar");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "taken.txt"), string.Join('\0', all[true]));
        File.WriteAllText(Path.Combine(folder, "other.txt"), string.Join('\0', all[false]));
        File.WriteAllText(Path.Combine(folder, "own.txt"), string.Join('\0', own));
        foreach (var format in Enum.GetValues<RlmGrammarFormat>())
        {
            File.WriteAllText(Path.Combine(folder, $"program.{format.ToString().ToLowerInvariant()}"), RlmLanguage.Grammar(format));
            File.WriteAllText(Path.Combine(folder, $"reply.{format.ToString().ToLowerInvariant()}"), RlmLanguage.Grammar(format, isReply: true));
        }

        Assert.That(own.Where(text => !LeftOut.IsMatch(text) && !text.Split('\n').Any(line => Quote.Count(line) % 2 == 1)), Is.Empty);
        Assert.That(own, Has.Length.LessThan(60));
        Assert.That(all[true].Count(), Is.GreaterThan(1000));
    }

    private static IEnumerable<string> Formatted(IEnumerable<string> programs) => programs
        .Where(text => ProgramParser.Parse(new SourceText(text)).Diagnostics.Count == 0)
        .Select(text => RlmLanguage.Format(text).Text.ReplaceLineEndings("\n")).Distinct();

    /// <summary>For each token of names, the words of operators, functions and other languages that it takes.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Words()
    {
        string[] words = [.. OperatorForms.Keywords.Concat(FunctionCatalog.All.Select(function => function.Name)).Concat(TypeGrammar.Words)
            .Concat(Lexemes.RelationWords).Concat(Names.Reserved).Concat(Names.OfItem).Concat(["desc", "asc", "epoch", "iso", "fail", "skip", "between", "elif", "case", "lambda", "for", "r", "f"])
            .Distinct().Where(word => char.IsLetter(word[0]))];
        return new[] { "NAME", "IDENT", "WORD" }.ToDictionary(name => name,
            name => (IReadOnlyList<string>)[.. words.Where(word => new GrammarRecognizer(Rules).Takes(word, name))]);
    }
}
