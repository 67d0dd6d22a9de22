using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Tests.Formatting;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>
/// The grammar by which editors colour programs has the words of the catalogue; <c>RLM_ACCEPT=1</c> writes them anew. What the parser makes of
/// every program of the repository is put where tests/editors/check.sh finds it for the engine of editors.
/// </summary>
internal sealed partial class EditorGrammarTests
{
    private const string Grammar = "editors/vscode/syntaxes/rlm.tmLanguage.json";

    [Test]
    public void Grammar_Words_AreThoseOfTheCatalogue()
    {
        string[] heads = [.. OperatorCatalog.All.Select(signature => signature.Head).Distinct().OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)];
        string[] functions = [.. FunctionCatalog.All.Select(function => function.Name).OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)];
        string[] leaders = [.. OperatorForms.OpenPatterns.Concat(Lexemes.RelationWords).Concat(["then", "else"]).Where(word => Names.Word(word, 0) == word.Length)
            .Distinct().OrderBy(word => word, StringComparer.Ordinal)];
        var words = new Dictionary<string, string>
        {
            ["heads"] = $"({string.Join('|', heads)})",
            // At a statement's start a word may be a variable or a field: it opens a stage where an argument or a pipe follows.
            ["opening"] = $"({string.Join('|', heads)})(?=[ \\\\t]*(?:\\\\||$)|[ \\\\t]+(?:[\\\"'/`(\\\\d]|(?!(?:in|and|or|not|is|contains|matches|then|else)\\\\b)[\\\\p{{L}}_]))",
            ["functions"] = $"(?:{string.Join('|', functions)})",
            // The head of a stage is a name elsewhere: `count / 2`.
            ["leaders"] = string.Join('|', leaders.Except(heads.Except(["where"])).Select(word => $"\\\\b{word}[ \\\\t]").Concat(leaders.Intersect(heads)
                .SelectMany(word => new[] { "\\\\|[ \\\\t]", "=[ \\\\t]", "^", "\\\\banswer[ \\\\t]", "\\\\bassert[ \\\\t]" }.Select(before => $"{before}{word}[ \\\\t]")))),
        };
        string page = File.ReadAllText(Path.Combine(Root, Grammar));

        Snapshot.VerifyPage(Made.Replace(page, made => $"(?#{made.Groups[1].Value}){words[made.Groups[1].Value]}(?#end)"), Grammar);
    }

    [Test]
    public void Programs_OfTheRepository_AreWrittenForTheEngine()
    {
        var read = ProgramTexts.Own.Distinct().Select(text => (Text: text, Parsed: ProgramParser.Parse(new SourceText(text))))
            .Where(one => one.Parsed.Diagnostics.Count == 0)
            .Select(one => new { text = one.Text, spans = Spans(one.Parsed.Program).ToArray() }).ToList();
        string folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "grammar");
        Directory.CreateDirectory(folder);
        using var file = File.Create(Path.Combine(folder, "scopes.json"));
        using var writer = new Utf8JsonWriter(file);
        writer.WriteStartArray();
        foreach (var one in read)
        {
            writer.WriteStartObject();
            writer.WriteString("text", one.text);
            writer.WriteStartArray("spans");
            foreach (var (span, kind) in one.spans)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(span.Start);
                writer.WriteNumberValue(span.End);
                writer.WriteStringValue(kind);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Assert.That(read, Has.Count.GreaterThan(200));
    }

    /// <summary>What each stretch of a program is; of two the later one counts.</summary>
    private static IEnumerable<(SourceSpan Span, string Kind)> Spans(ProgramSyntax program) => SyntaxTree.Descendants(program).Select(found => found.Node)
        .SelectMany(SpansOf).OrderBy(one => one.Span.Start).ThenByDescending(one => one.Span.Length);

    private static IEnumerable<(SourceSpan Span, string Kind)> SpansOf(SyntaxNode node)
    {
        switch (node)
        {
            case TemplateSyntax template:
                yield return (template.Span, "string");
                foreach (var part in template.Parts.Where(part => part.Hole is not null))
                    yield return (part.Span, part.Format is null ? "hole" : "format");
                break;
            case RegexSyntax regex:
                yield return (regex.Span, "regex");
                break;
            case LiteralSyntax { Value: decimal or TimeSpan } literal:
                yield return (literal.Span, "number");
                break;
            case LiteralSyntax { Value: bool or null } literal:
                yield return (literal.Span, "constant");
                break;
            case NameSyntax { Span.Length: > 0 } name:
                yield return (name.Span, "name");
                break;
            case StageSyntax { IsBroken: false, Head.Span.Length: > 0 } stage:
                yield return (stage.Head.Span, stage.Operator is { } known && known.Head == stage.Head.Name ? "stage" : "function");
                break;
            case CallSyntax call:
                yield return (call.Function.Span, "call");
                break;
            case LabelTypeSyntax or NamedTypeSyntax { Format: not null }:
                yield return (node.Span, "quoting");
                break;
            case LetSyntax { IsImplied: false } or AnswerSyntax or AssertSyntax:
                yield return (new SourceSpan(node.Span.Start, node is LetSyntax ? 3 : 6), "statement");
                break;
        }
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Rlm.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"\(\?#(\w+)\).*?\(\?#end\)")]
    private static partial Regex Made { get; }
}
