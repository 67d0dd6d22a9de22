using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Rlm.Generators.Tests;

internal sealed class IncrementalStepsTests
{
    private const string Source = """
        [RlmTools]
        public partial class Crm
        {
            [RlmTool("Counts.")] public int Size(string name, int[]? ids = null) => 1;
            [RlmTool("Broken.")] public void Broken() { }
        }

        public static partial class Reports
        {
            [RlmPipeline("context | size() | cuont")]
            public static partial Task<string> CountAsync(IChatClient model, Crm crm, TextSource context);
        }
        """;

    private static readonly string[] Models = [GeneratorSteps.ToolClasses, GeneratorSteps.Pipelines];
    private static readonly string[] Findings = [GeneratorSteps.ToolClassFindings, GeneratorSteps.StrayTools,
        GeneratorSteps.PipelineFindings];

    [Test]
    public void Run_First_IsNew()
    {
        var run = new GeneratorRun(Source);

        Assert.That(Models.Concat(Findings).SelectMany(run.Reasons), Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.New));
    }

    [TestCase("public static class Unrelated { }")]
    [TestCase("// A comment at the end.")]
    public void Run_TextAfterwards_ChangesNothing(string text)
    {
        var run = new GeneratorRun(Source);

        run.Edit(Source + text);

        Assert.That(
            Models.Concat(Findings).SelectMany(run.Reasons),
            Is.Not.Empty.And.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));
        Assert.That(run.Diagnostics, Has.Count.EqualTo(2));
    }

    [Test]
    public void Run_LineAbove_MovesTheFindingsAndKeepsTheCode()
    {
        var run = new GeneratorRun(Source);

        run.Edit("\n" + Source);

        Assert.That(Models.SelectMany(run.Reasons), Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Unchanged));
        Assert.That(run.Reasons(GeneratorSteps.ToolClassFindings), Is.EqualTo(new[] { IncrementalStepRunReason.Modified }));
        Assert.That(run.Diagnostics.Select(run.TextAt), Is.EqualTo(new[] { "Broken", "cuont" }));
    }

    [Test]
    public void Run_OtherToolName_ChangesTheCodeOfBoth()
    {
        var run = new GeneratorRun(Source);

        run.Edit(Source.Replace("public int Size", "public int Length", StringComparison.Ordinal));

        Assert.That(run.Reasons(GeneratorSteps.ToolClasses), Is.EqualTo(new[] { IncrementalStepRunReason.Modified }));
        Assert.That(run.Reasons(GeneratorSteps.PipelineFindings), Is.EqualTo(new[] { IncrementalStepRunReason.Modified }));
    }

    [Test]
    public void Models_Reachable_HoldNoSymbolsOrSyntax()
    {
        var run = new GeneratorRun(Source);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object? value in Models.Concat(Findings).SelectMany(run.Values))
            Visit(value, seen);

        Assert.That(
            seen.Select(value => value.GetType().Name), Has.Member("ToolModel").And.Member("PipelineModel").And.Member("SourcePlace"));
    }

    private static void Visit(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;

        Assert.That(value, Is.Not.InstanceOf<ISymbol>().And.Not.InstanceOf<SyntaxNode>().And.Not.InstanceOf<SyntaxTree>().And.Not.InstanceOf<Compilation>()
            .And.Not.InstanceOf<Location>().And.Not.InstanceOf<SemanticModel>());
        foreach (object? item in value as IEnumerable ?? Array.Empty<object>())
            Visit(item, seen);
        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Visit(field.GetValue(value), seen);
    }
}
