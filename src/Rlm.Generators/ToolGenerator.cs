using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators;

/// <summary>Gives an <c>[RlmTools]</c> class the property <c>Tools</c>, with a tool for each of its <c>[RlmTool]</c> methods.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ToolGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider.ForAttributeWithMetadataName(RuntimeNames.ToolsAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, cancellationToken) => ToolReader.Read((INamedTypeSymbol)found.TargetSymbol, cancellationToken));

        // Apart from each other, so that a moved line renews the findings' places and not the code.
        var models = classes.Select(static (analysis, _) => analysis.Model).WithTrackingName(GeneratorSteps.ToolClasses);
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            if (model is not null)
                output.AddSource($"{model.Type.HintName}.Tools.g.cs", ToolSource.Write(model));
        });

        var findings = classes.Select(static (analysis, _) => analysis.Findings).WithTrackingName(GeneratorSteps.ToolClassFindings);
        context.RegisterSourceOutput(findings, Finding.Report);

        var strays = context.SyntaxProvider.ForAttributeWithMetadataName(RuntimeNames.ToolAttribute,
            static (node, _) => node is MethodDeclarationSyntax,
            static (found, _) => FindStray(found.TargetSymbol)).WithTrackingName(GeneratorSteps.StrayTools);
        context.RegisterSourceOutput(strays, Finding.Report);
    }

    private static EquatableArray<Finding> FindStray(ISymbol method) => CSharpNames.Has(method.ContainingType, RuntimeNames.ToolsAttribute)
        ? default
        : new([new Finding(GeneratorDiagnostics.StrayTool,
            $"`{method.Name}` is not a tool yet, because `{method.ContainingType.Name}` is not a class of tools; put `[RlmTools]` on it",
            SourcePlace.Of(method))]);
}
