using System.Text;
using Rlm.Generators.Support;

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
            + "What is wrong inside a pipeline's program has the ids of [diagnostics.md](diagnostics.md). "
            + "RLM9000 is the build's own: the attributes are there and the generators are left out, as by `ExcludeAssets=\"analyzers\"`.\n\n");
        page.Append("| id | title | severity | since | status | example | fix |\n|---|---|---|---|---|---|---|\n");
        foreach (var descriptor in GeneratorDiagnostics.All)
            page.Append(
                $"| <a id=\"{descriptor.Id.ToLowerInvariant()}\"></a>{descriptor.Id} | {descriptor.Title} | {descriptor.Severity.ToString().ToLowerInvariant()} | {descriptor.Since} | {descriptor.Status} | `{descriptor.Example.Replace("|", "\\|", StringComparison.Ordinal)}` | {descriptor.Fix} |\n");

        Snapshot.VerifyPage(page.ToString(), "docs/generator-diagnostics.md");
    }

    [TestCase("https://x.org/rlm/docs/", "RLM9101", "https://x.org/rlm/docs/generator-diagnostics.md#rlm9101")]
    [TestCase("https://x.org/rlm/docs", "RLM2001", "https://x.org/rlm/docs/diagnostics.md#rlm2001")]
    [TestCase(null, "RLM2001", null)]
    public void HelpLink_OfAnId_IsItsLineOfThePage(string? pages, string id, string? link) =>
        Assert.That(HelpLink.Of(pages, id), Is.EqualTo(link));

    [Test]
    public void Assembly_References_OnlyTheLanguage() =>
        Assert.That(typeof(ToolGenerator).Assembly.GetReferencedAssemblies().Select(name => name.Name)
            .Where(name => name!.StartsWith("Rlm", StringComparison.Ordinal)), Is.EqualTo(new[] { "Rlm.Dsl" }));
}
