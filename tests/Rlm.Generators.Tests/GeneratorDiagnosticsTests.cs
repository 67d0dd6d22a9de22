using Rlm.Dsl.Diagnostics;

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
}
