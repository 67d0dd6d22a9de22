using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Generators.Tests;

/// <summary>A type that a file uses, whether it names it or not.</summary>
/// <param name="File">The file that uses it.</param>
/// <param name="Type">The type.</param>
/// <param name="Declared">The file that declares it.</param>
internal sealed record TypeUse(string File, string Type, string Declared);

/// <summary>Finds the types that sources use of each other.</summary>
internal static class TypeUses
{
    /// <summary>
    /// What each file uses: the types that it names, those whose members it names, and those that such a member, a variable or an object
    /// without a name is of. Each once.
    /// </summary>
    public static IReadOnlyList<TypeUse> Find(CSharpCompilation compilation) =>
        [.. compilation.SyntaxTrees.AsParallel().SelectMany(tree => FindIn(compilation.GetSemanticModel(tree), tree)).Distinct()
            .OrderBy(use => use.File, StringComparer.Ordinal).ThenBy(use => use.Type, StringComparer.Ordinal)];

    private static IEnumerable<TypeUse> FindIn(SemanticModel model, SyntaxTree tree) =>
        from node in tree.GetRoot().DescendantNodes()
        from type in TypesOf(model, node)
        from declaration in type.OriginalDefinition.DeclaringSyntaxReferences
        let declared = declaration.SyntaxTree.FilePath
        where declared != tree.FilePath
        select new TypeUse(tree.FilePath, type.Name, declared);

    private static IEnumerable<INamedTypeSymbol> TypesOf(SemanticModel model, SyntaxNode node) => node switch
    {
        SimpleNameSyntax => TypesOf(model.GetSymbolInfo(node)),
        BaseObjectCreationExpressionSyntax => TypesOf(model.GetTypeInfo(node).Type),
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> TypesOf(SymbolInfo info) => (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
    {
        ITypeSymbol type => TypesOf(type),
        IMethodSymbol method => [.. TypesOf((method.ReducedFrom ?? method).ContainingType), .. TypesOf(method.ReturnType)],
        IPropertySymbol property => [.. TypesOf(property.ContainingType), .. TypesOf(property.Type)],
        IFieldSymbol field => [.. TypesOf(field.ContainingType), .. TypesOf(field.Type)],
        IEventSymbol raised => TypesOf(raised.ContainingType),
        ILocalSymbol local => TypesOf(local.Type),
        IParameterSymbol parameter => TypesOf(parameter.Type),
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> TypesOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => TypesOf(array.ElementType),
        INamedTypeSymbol named => [named, .. named.TypeArguments.SelectMany(TypesOf)],
        _ => [],
    };
}
