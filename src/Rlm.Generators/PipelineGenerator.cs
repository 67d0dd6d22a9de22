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
        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(PipelineFile.Extension, StringComparison.OrdinalIgnoreCase))
            .Select(PipelineFile.Read).Collect();
        var methods = context.SyntaxProvider.ForAttributeWithMetadataName(RuntimeNames.PipelineAttribute,
                static (node, _) => node is MethodDeclarationSyntax,
                static (found, cancellationToken) =>
                    PipelineReader.Read((IMethodSymbol)found.TargetSymbol, found.Attributes[0], cancellationToken))
            .Combine(files).Select(static (found, _) => found.Left.ReadFile(found.Right));

        var models = methods.Select(static (analysis, _) => analysis.Model).WithTrackingName(GeneratorSteps.Pipelines);
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            if (model is not null)
                output.AddSource(model.FileName, PipelineSource.Write(model));
        });

        // A check costs milliseconds, and the compiler itself seconds for the first: it runs for another program alone.
        var checks = methods.Select(static (analysis, _) => analysis.Program).Where(static program => program is not null)
            .WithTrackingName(GeneratorSteps.PipelinePrograms)
            .Select(static (program, _) => ProgramCheck.Run(program!)).WithTrackingName(GeneratorSteps.ProgramChecks);
        var findings = methods.Combine(checks.Collect())
            .Select(static (found, _) => found.Left.Locate(found.Right)).WithTrackingName(GeneratorSteps.PipelineFindings);
        context.RegisterSourceOutput(findings, Finding.Report);
    }
}
