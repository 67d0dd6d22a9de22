using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Generators.Tests;

/// <summary>
/// No text of the sources takes its numbers and dates from the host's culture: prompts, keys and messages are the same everywhere. CA1305, which is an error, sees calls only;
/// this sees strings with holes, and what is added to a string.
/// </summary>
internal sealed class SourceCultureTests
{
    [Test]
    public void Texts_OfNumbersAndDates_NameTheirCulture()
    {
        var sources = SourceCode.All;
        string[] found = [.. sources.SyntaxTrees.AsParallel()
            .SelectMany(tree => FindHostTexts(sources.GetSemanticModel(tree), tree.GetRoot()))
            .Order(StringComparer.Ordinal)];

        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    [TestCase("$\"{1.5}\"", true)]
    [TestCase("$\"{count:N0}\"", true)]
    [TestCase("$\"{maybe:0.#}\"", true)]
    [TestCase("$\"{DateTime.UnixEpoch}\"", true)]
    [TestCase("\"about \" + 1.5m", true)]
    [TestCase("1.5.ToString()", true)]
    [TestCase("$\"{count}\"", false, TestName = "FindHostTexts_PlainCount_IsFree")]
    [TestCase("$\"{count:x8}\"", false)]
    [TestCase("$\"{DayOfWeek.Monday:G}\"", false)]
    [TestCase("Invariant($\"{count:N0} of {1.5}\")", false)]
    [TestCase("string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{1.5}\")", false)]
    public void FindHostTexts_Expression_IsFoundWhereItAsksTheHost(string expression, bool isFound)
    {
        var compilation = SourceCode.Compile(
            [SourceCode.Parse($"static class Host {{ static string Text(int count, double? maybe) => {expression}; }}", "Host.cs")]);
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Host.cs");

        Assert.That(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error), Is.Empty);
        Assert.That(FindHostTexts(compilation.GetSemanticModel(tree), tree.GetRoot()).Any(), Is.EqualTo(isFound));
    }

    private static IEnumerable<string> FindHostTexts(SemanticModel model, SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            bool asksHost = node switch
            {
                InterpolationSyntax hole => IsPlainString(model, hole.Parent!)
                    && DependsOnCulture(model.GetTypeInfo(hole.Expression).Type, hole.FormatClause?.FormatStringToken.ValueText),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String =>
                    DependsOnCulture(model.GetTypeInfo(sum.Left).Type, null) || DependsOnCulture(model.GetTypeInfo(sum.Right).Type, null),
                InvocationExpressionSyntax
                {
                    ArgumentList.Arguments.Count: 0,
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString" } call
                } =>
                    DependsOnCulture(model.GetTypeInfo(call.Expression).Type, null),
                _ => false,
            };
            if (asksHost)
                yield return $"{node.SyntaxTree.FilePath}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {node}";
        }
    }

    /// <summary>Whether a string with holes is made as such, and not handed on with its holes to who names a culture.</summary>
    private static bool IsPlainString(SemanticModel model, SyntaxNode text) =>
        model.GetTypeInfo(text).ConvertedType is null or { SpecialType: SpecialType.System_String or SpecialType.System_Object };

    /// <summary>Counts are never negative, so that all cultures write them alike where no format sets marks between their digits.</summary>
    private static bool DependsOnCulture(ITypeSymbol? type, string? format)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type switch
        {
            {
                SpecialType: SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal
                or SpecialType.System_DateTime
            } => true,
            { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } =>
                format is not (null or "") && format[0] is not ('x' or 'X'),
            { ContainingNamespace.Name: "System", Name: "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Half" } => true,
            { ContainingNamespace.Name: "System", Name: "TimeSpan" or "Int128" or "UInt128" } => format is not (null or ""),
            { ContainingNamespace.Name: "Numerics", Name: "BigInteger" } => true,
            _ => false,
        };
    }
}
