using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rlm.Generators.Tests;

/// <summary>Messages and comments say "is not a table", which everybody reads at once, and never "is no table".</summary>
internal sealed partial class SourceMessageTests
{
    [Test]
    public void Texts_OfSources_SayIsNotA() => Assert.That(
        Directory.EnumerateFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => FindStilted(File.ReadAllText(file)).Select(text => $"{Path.GetFileName(file)}: {text}")),
        Is.Empty);

    [TestCase("\"`a` is no table\"", true)]
    [TestCase("$\"{name} is no table\"", true)]
    [TestCase("\"two rows {is|are} no records\"", true)]
    [TestCase("\"They are no names of columns\"", true)]
    [TestCase("\"`a` is not a table\"", false)]
    [TestCase("\"there is no table\"", false)]
    [TestCase("\"There {is|are} no rows\"", false)]
    [TestCase("\"it is no longer there\"", false)]
    [TestCase("1 // a table is no list", true)]
    [TestCase("1 // a table is not a list", false)]
    [TestCase("1 // null where that is no cheaper", false)]
    public void FindStilted_Text_IsFound(string expression, bool isFound) =>
        Assert.That(FindStilted($"_ = {expression};").Any(), Is.EqualTo(isFound));

    private static IEnumerable<string> FindStilted(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        var strings = root.DescendantTokens()
            .Where(token => token.RawKind is (int)SyntaxKind.StringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken
                or (int)SyntaxKind.SingleLineRawStringLiteralToken or (int)SyntaxKind.MultiLineRawStringLiteralToken)
            .Select(token => token.ValueText);
        var comments = root.DescendantTrivia()
            .Where(trivia => trivia.RawKind is (int)SyntaxKind.SingleLineCommentTrivia
                or (int)SyntaxKind.SingleLineDocumentationCommentTrivia)
            .Select(trivia => trivia.ToFullString());
        return strings.Concat(comments).Where(text => Stilted.IsMatch(text));
    }

    private static string SourceFolder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "src"));

    [GeneratedRegex(
        @"(?<!\bthere )(?:\b(?:is|are|was|were)|\{(?:is\|are|was\|were)\}) no (?!(?:longer|more|other|cheaper|later)\b)\w",
        RegexOptions.IgnoreCase)]
    private static partial Regex Stilted { get; }
}
