using Microsoft.CodeAnalysis;
using RoslynDiagnostic = Microsoft.CodeAnalysis.Diagnostic;
using RoslynSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Rlm.Generators.Support;

/// <summary>A diagnostic as a value: a kind of the generators' or of the language's own.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, string Message, SourcePlace? Place)
{
    private const string Category = "Rlm";

    public RoslynDiagnostic ToDiagnostic()
    {
        var severity = Descriptor.Severity switch
        {
            DiagnosticSeverity.Error => RoslynSeverity.Error,
            DiagnosticSeverity.Warning => RoslynSeverity.Warning,
            _ => RoslynSeverity.Info,
        };

        // The message may hold braces, and is not a format.
        return RoslynDiagnostic.Create(Descriptor.Id, Category, Message, severity, severity, isEnabledByDefault: true,
            warningLevel: severity == RoslynSeverity.Error ? 0 : 1,
            title: Descriptor.Title,
            description: Descriptor.Fix,
            helpLink: HelpLink.Of(Descriptor.Id),
            location: Place?.ToLocation());
    }

    public static void Report(SourceProductionContext context, EquatableArray<Finding> findings)
    {
        foreach (var finding in findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
    }
}
