using System.Text;

namespace Rlm.Generators.Tests;

internal sealed class GeneratorDiagnosticsTests
{
    [TestCaseSource(typeof(GeneratorDiagnostics), nameof(GeneratorDiagnostics.All))]
    public void Example_Compiled_HasItsDiagnostic(DiagnosticDescriptor descriptor)
    {
        var run = new GeneratorRun(descriptor.Example);

        Assert.That(run.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { descriptor.Id }));
    }

    [Test]
    public void All_Ids_AreUniqueAndInOrder() =>
        Assert.That(GeneratorDiagnostics.All.Select(descriptor => descriptor.Id), Is.Unique.And.Ordered);

    [Test]
    public void Report_EveryExample_IsAsVerified() =>
        Snapshot.Verify(string.Join("\n", GeneratorDiagnostics.All.Select(descriptor => new GeneratorRun(descriptor.Example))
            .SelectMany(run => run.Diagnostics.Select(diagnostic => $"{diagnostic}\n    at `{run.TextAt(diagnostic)}`"))) + "\n");

    [Test]
    public void Diagnostics_Page_IsTheTable()
    {
        var page = new StringBuilder("# Diagnostics of the generators\n\nMade from the table in `GeneratorDiagnostics`. An id is never reused. "
            + "What is wrong inside a pipeline's program has the ids of [diagnostics.md](diagnostics.md).\n\n");
        page.Append("| id | title | severity | since | status | example | fix |\n|---|---|---|---|---|---|---|\n");
        foreach (var descriptor in GeneratorDiagnostics.All)
            page.Append(
                $"| {descriptor.Id} | {descriptor.Title} | {descriptor.Severity.ToString().ToLowerInvariant()} | {descriptor.Since} | {descriptor.Status} | `{descriptor.Example.Replace("|", "\\|", StringComparison.Ordinal)}` | {descriptor.Fix} |\n");

        Snapshot.VerifyPage(page.ToString(), "docs/generator-diagnostics.md");
    }

    [Test]
    public void Assembly_References_OnlyTheLanguage() =>
        Assert.That(typeof(ToolGenerator).Assembly.GetReferencedAssemblies().Select(name => name.Name)
            .Where(name => name!.StartsWith("Rlm", StringComparison.Ordinal)), Is.EqualTo(new[] { "Rlm.Dsl" }));
}
