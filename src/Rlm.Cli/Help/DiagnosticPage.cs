using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Help;

/// <summary>One diagnostic: title, severity, version, status, a program that has it with what the checker says, and the fix.</summary>
internal static class DiagnosticPage
{
    /// <summary>Every diagnostic that there is a page for.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [.. DslDiagnostics.All, .. RuntimeDiagnostics.All];

    public static string Write(DiagnosticDescriptor descriptor)
    {
        var page = new TextLayout()
            .Line($"{descriptor.Id}: {descriptor.Title} ({descriptor.Severity.ToString().ToLowerInvariant()}, since {descriptor.Since}, {descriptor.Status})")
            .Blank()
            .Paragraph(descriptor.Fix, 2);
        if (descriptor.Example.Length == 0)
            return page.ToString();

        var program = RlmProgram.Compile(descriptor.Example, "example", [ContextArgument.DefaultName], RunArguments.OperatorsPage);
        page.Blank().Line("  A program that has it:").Block(descriptor.Example, 4);
        if (program.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == descriptor.Id) is { } found)
            page.Blank().Line("  What the checker says:").Block(DiagnosticRenderer.Render(found, program.Source), 4);
        return page.ToString();
    }
}
