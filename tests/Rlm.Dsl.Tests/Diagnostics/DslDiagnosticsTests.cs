namespace Rlm.Dsl.Tests.Diagnostics;

internal sealed class DslDiagnosticsTests
{
    private static IEnumerable<DiagnosticDescriptor> WithExample => DslDiagnostics.All.Where(descriptor => descriptor.Example.Length > 0);

    [TestCaseSource(nameof(WithExample))]
    public void Example_Compiled_HasItsDiagnostic(DiagnosticDescriptor descriptor)
    {
        var program = RlmProgram.Compile(descriptor.Example);

        Assert.That(program.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { descriptor.Id }),
            DiagnosticRenderer.Render(program.Diagnostics, program.Source));
    }

    [Test]
    public void All_Ids_AreUniqueAndInOrder() =>
        Assert.That(DslDiagnostics.All.Select(descriptor => descriptor.Id), Is.Unique.And.Ordered);

    [Test]
    public void Since_EveryDiagnostic_IsAVersionUpToThisOne() =>
        Assert.That(DslDiagnostics.All.Select(descriptor => Version.Parse(descriptor.Since)),
            Is.All.LessThanOrEqualTo(typeof(DslDiagnostics).Assembly.GetName().Version!));

    [Test]
    public void Render_EveryExample_IsAsVerified() =>
        Snapshot.Verify(string.Join("\n\n", WithExample.Select(descriptor => RlmProgram.Compile(descriptor.Example))
            .Select(program => DiagnosticRenderer.Render(program.Diagnostics, program.Source))) + "\n");
}
