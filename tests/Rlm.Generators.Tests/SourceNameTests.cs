using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Generators.Tests;

/// <summary>A name stands for one type in all projects, so that whoever reads it need not ask for its namespace.</summary>
internal sealed class SourceNameTests
{
    [Test]
    public void Types_OfAllProjects_HaveNamesOfTheirOwn() => Assert.That(FindShared(SourceCode.All.SyntaxTrees), Is.Empty);

    [TestCase("namespace A; class Packer;", "namespace B; record Packer;", "Packer: One.cs, Other.cs")]
    [TestCase("namespace A; struct Packer;", "namespace A { interface Packer; }", "Packer: One.cs, Other.cs")]
    [TestCase("namespace A; enum Packer;", "namespace B; delegate void Packer();", "Packer: One.cs, Other.cs")]
    [TestCase("namespace A; partial class Packer;", "namespace B; partial class Packer;", "Packer: One.cs, Other.cs")]
    [TestCase("namespace A; partial class Packer;", "namespace A; partial class Packer;")]
    [TestCase("namespace A; class Slot;", "namespace B; class Slot<T>;")]
    [TestCase("namespace A; class Packer;", "namespace B; class User { class Packer; }")]
    public void FindShared_Name_IsToldWithItsFiles(string one, string other, params string[] shared) =>
        Assert.That(FindShared([SourceCode.Parse(one, "One.cs"), SourceCode.Parse(other, "Other.cs")]), Is.EqualTo(shared));

    /// <summary>The names that two types of no other type bear. Parts of a type are one; type parameters make another name.</summary>
    private static IEnumerable<string> FindShared(IEnumerable<SyntaxTree> trees) => trees
        .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax))
        .OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .GroupBy(NameOf)
        .Where(types => types.Select(type => IsPart(type) ? NamespaceOf(type) : type.SyntaxTree.FilePath).Distinct().Skip(1).Any())
        .Select(types => $"{types.Key}: {string.Join(", ", types.Select(type => type.SyntaxTree.FilePath))}");

    private static bool IsPart(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string NamespaceOf(MemberDeclarationSyntax type) =>
        (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "";

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax { TypeParameterList.Parameters.Count: > 0 and int count } generic => $"{generic.Identifier.Text}`{count}",
        BaseTypeDeclarationSyntax other => other.Identifier.Text,
        DelegateDeclarationSyntax made => made.Identifier.Text,
        _ => throw new ArgumentException("It is not a type.", nameof(type)),
    };
}
