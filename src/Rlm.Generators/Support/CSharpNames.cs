using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rlm.Generators.Support;

/// <summary>Names and literals as C# writes them.</summary>
internal static class CSharpNames
{
    /// <summary>With <c>global::</c>, and with <c>?</c> on reference types too.</summary>
    public static readonly SymbolDisplayFormat Qualified =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>As a message names a type.</summary>
    public static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static bool Has(ISymbol symbol, string attributeMetadataName) => Find(symbol, attributeMetadataName) is not null;

    public static AttributeData? Find(ISymbol symbol, string attributeMetadataName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == attributeMetadataName);
}
