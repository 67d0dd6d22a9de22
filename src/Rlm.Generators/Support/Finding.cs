using Microsoft.CodeAnalysis;
using DslDescriptor = Rlm.Dsl.Diagnostics.DiagnosticDescriptor;
using DslSeverity = Rlm.Dsl.Diagnostics.DiagnosticSeverity;

namespace Rlm.Generators.Support;

/// <summary>A diagnostic as a value: a kind of the generators' or of the language's own.</summary>
internal sealed record Finding(DslDescriptor Descriptor, string Message, SourcePlace? Place)
{
    private const string Category = "Rlm";

    public Diagnostic ToDiagnostic()
    {
        var severity = Descriptor.Severity switch
        {
            DslSeverity.Error => DiagnosticSeverity.Error,
            DslSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };

        // The message may hold braces, and is not a format.
        return Diagnostic.Create(Descriptor.Id, Category, Message, severity, severity, isEnabledByDefault: true,
            warningLevel: severity == DiagnosticSeverity.Error ? 0 : 1,
            title: Descriptor.Title,
            description: Descriptor.Fix,
            location: Place?.ToLocation());
    }

    public static void Report(SourceProductionContext context, EquatableArray<Finding> findings)
    {
        foreach (var finding in findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
    }
}
