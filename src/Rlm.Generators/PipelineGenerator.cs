using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Generators.Pipelines;
using Rlm.Generators.Support;

namespace Rlm.Generators;

/// <summary>Checks the program of an <c>[RlmPipeline]</c> method while C# compiles, and writes the method's body.</summary>
/// <remarks>Regular expressions stay in the program: they are compiled when it runs, not by <c>GeneratedRegex</c>.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PipelineGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider.ForAttributeWithMetadataName(RuntimeNames.PipelineAttribute,
            static (node, _) => node is MethodDeclarationSyntax,
            static (found, cancellationToken) =>
                PipelineReader.Read((IMethodSymbol)found.TargetSymbol, found.Attributes[0], cancellationToken));

        // Apart from each other, so that a moved line renews the findings' places and not the code.
        var models = methods.Select(static (analysis, _) => analysis.Model).WithTrackingName(GeneratorSteps.Pipelines);
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            if (model is not null)
                output.AddSource(
                    $"{model.Type.HintName}.{model.Name}{(model.Overload == 0 ? "" : $".{model.Overload}")}.Pipeline.g.cs",
                    PipelineSource.Write(model));
        });

        var findings = methods.Select(static (analysis, _) => analysis.Findings).WithTrackingName(GeneratorSteps.PipelineFindings);
        context.RegisterSourceOutput(findings, Finding.Report);
    }
}
