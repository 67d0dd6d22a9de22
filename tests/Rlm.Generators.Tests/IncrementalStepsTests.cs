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
            [RlmTool("Broken.")] public object Broken() => 1;
        }

        public static partial class Reports
        {
            [RlmPipeline("context | size() | cuont")]
            public static partial Task<string> CountAsync(IChatClient model, Crm crm, TextSource context);
        }
        """;

    private static readonly string[] Models = [GeneratorSteps.ToolClasses, GeneratorSteps.Pipelines, GeneratorSteps.PipelinePrograms,
        GeneratorSteps.ProgramChecks];

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

        Assert.That(
            Models.SelectMany(run.Reasons),
            Is.Not.Empty.And.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));
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

    [TestCase("// A comment.")]
    [TestCase("public static class Unrelated { public static int Sum(int a) => a + 1; }")]
    [TestCase("[RlmTools] public partial class Other { [RlmTool(\"Counts.\")] public int Width() => 1; }")]
    public void Run_EditElsewhere_ChecksNoProgramAgain(string text)
    {
        var run = new GeneratorRun(ManyPipelines(30));
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.EqualTo(30));

        run.Edit(ManyPipelines(30) + text);
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.Zero, "below");

        run.Edit(text + "\n" + ManyPipelines(30));
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.Zero, "above");
    }

    [Test]
    public void Run_OneProgramEdited_ChecksItAlone()
    {
        var run = new GeneratorRun(ManyPipelines(30));

        run.Edit(ManyPipelines(30).Replace("line 7", "lime 7", StringComparison.Ordinal));

        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.EqualTo(1));
    }

    [Test]
    public void Run_PipelineTakenAway_ChecksNoOtherAgain()
    {
        var run = new GeneratorRun(ManyPipelines(30));

        run.Edit(ManyPipelines(29));

        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.Zero);
        Assert.That(run.Diagnostics.Select(run.TextAt), Is.All.EqualTo("cuont").And.Exactly(29).Items);
    }

    [Test]
    public void Run_ToolEdited_ChecksThePipelinesThatCallIt()
    {
        var run = new GeneratorRun(Source + ManyPipelines(30));

        run.Edit(Source.Replace("string name", "int name", StringComparison.Ordinal) + ManyPipelines(30));

        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.EqualTo(1));
    }

    [Test]
    public void Run_FileEdited_ChecksItsPipelineAlone()
    {
        var run = new GeneratorRun(
            ManyPipelines(3) + "public static partial class Filed { [RlmPipeline(File = \"a.rlm\")] public static partial Task<int> A(IChatClient model, TextSource context); }",
            ("a.rlm", "context | lines | cuont"), ("b.rlm", "context | cuont"));
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.EqualTo(4));

        run.EditFile("b.rlm", "context | lines");
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.Zero, "another file");

        run.EditFile("a.rlm", "context | lines | count");
        Assert.That(run.Runs(GeneratorSteps.ProgramChecks), Is.EqualTo(1), "its file");
        Assert.That(run.Diagnostics, Has.Count.EqualTo(3));
    }

    private static string ManyPipelines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $$"""
        public static partial class Reports
        {
            [RlmPipeline("context | grep \"line {{i}}\" | cuont")]
            public static partial Task<string> Lines{{i}}(IChatClient model, TextSource context);
        }
        """));

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
