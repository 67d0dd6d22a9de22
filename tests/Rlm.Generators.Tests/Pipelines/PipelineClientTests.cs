using Microsoft.Extensions.AI;

namespace Rlm.Generators.Tests.Pipelines;

/// <summary>Where a pipeline's model and program come from when no parameter and no literal has them.</summary>
internal sealed class PipelineClientTests
{
    [TestCase("private readonly IChatClient _model; public R(IChatClient model) => _model = model;", "this._model")]
    [TestCase("private IChatClient Model { get; } public R(IChatClient model) => Model = model;", "this.Model")]
    [TestCase("private static IChatClient? s_other; private readonly DelegatingChatClient _inner; public R(IChatClient model) => _inner = new OnlyClient(model);", "this._inner")]
    [TestCase("private readonly RlmSession _session; public R(IChatClient model) => _session = new RlmSession(model, [RlmVariable.Text(\"context\", TextSource.FromString(\"a\"))]);", "this._session")]
    public async Task Run_MemberOfTheClass_IsAsked(string members, string expression)
    {
        bool isSession = members.Contains("RlmSession", StringComparison.Ordinal);
        string parameters = isSession ? "" : "TextSource context";
        var run = new GeneratorRun($$"""
            #pragma warning disable CS0169, CS0649
            public sealed class OnlyClient(IChatClient model) : DelegatingChatClient(model);
            public partial class R { {{members}} [RlmPipeline("context | llm \"Why?\"")] public partial Task<string> WhyAsync({{parameters}}); }
            """);
        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.Output, Does.Contain(expression));

        object instance = Activator.CreateInstance(run.Load().GetType("R")!, [(IChatClient)new ScriptedChatClient("Because.")])!;
        object[] arguments = isSession ? [] : [TextSource.FromString("a")];
        Assert.That(await (Task<string>)instance.GetType().GetMethod("WhyAsync")!.Invoke(instance, arguments)!, Is.EqualTo("Because."));
    }

    [TestCase("public partial class R(IChatClient model) { [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }")]
    [TestCase("public class B { protected IChatClient Model => null!; } public partial class R : B { [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }")]
    [TestCase("public static partial class R { private static readonly IChatClient Model = null!; [RlmPipeline(\"answer 1\")] public static partial Task<int> One(); }")]
    [TestCase("public partial class R(IChatClient a, IChatClient b) { private readonly IChatClient _a = a; public IChatClient? B => b; [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }")]
    [TestCase("public partial class R(IChatClient a, IChatClient b) { [RlmPipeline(\"answer 1\")] public partial Task<int> One(IChatClient c); public object C => (a, b); }")]
    [TestCase("public partial record R(IChatClient @class) { [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }")]
    public void Generate_OneClient_CompilesWithoutWarnings(string source)
    {
        var run = new GeneratorRun(source);

        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty, run.Output);
    }

    [TestCase("public partial class R { private IChatClient _a, _b; [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }", "RLM9105", "`One` may ask `_a` or `_b`; take the one that it asks as a parameter")]
    [TestCase("public partial class R { IChatClient _a; RlmSession S => null!; [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }", "RLM9105", "`One` may ask `_a` or `S`; take the one that it asks as a parameter")]
    [TestCase("public partial class R { [RlmPipeline(\"answer 1\")] public partial Task<int> One(); }", "RLM9101", "`One` takes neither an `IChatClient` nor an `RlmSession`, and `R` has no field or property of one, so it cannot be a pipeline")]
    [TestCase("public partial class R { IChatClient _a; [RlmPipeline(\"answer 1\")] public static partial Task<int> One(); }", "RLM9101", "`One` takes neither an `IChatClient` nor an `RlmSession`, and `R` has no static field or property of one, so it cannot be a pipeline")]
    [TestCase("public partial class R { RlmSession _s; [RlmPipeline(\"answer 1\")] public partial Task<int> One(int n); }", "RLM9101", "`One` takes an `RlmSession`, which has its own variables, tools and options, and others beside it, so it cannot be a pipeline")]
    [TestCase("public partial class R { IChatClient _a; [RlmPipeline(\"answer 1\", Texts = [\"log\"])] public partial Task<int> One(); }", "RLM9101", "`One` takes no `RlmSession` that `Texts`, `Documents` or `Tools` could be of, so it cannot be a pipeline")]
    [TestCase("public partial class R { IChatClient _a; [RlmPipeline] public partial Task<int> One(); }", "RLM9106", "`One` has no program; write it, or name its file with `File`")]
    [TestCase("public partial class R { IChatClient _a; [RlmPipeline(\"answer 1\", File = \"a.rlm\")] public partial Task<int> One(); }", "RLM9106", "`One` has a program and a file; keep one of them")]
    [TestCase("public partial class R { RlmSession _s; [RlmPipeline(\"answer 1\", Texts = [\"let\"])] public partial Task<int> One(); }", "RLM9106", "`One` cannot have a variable `let`: it is a word of the language")]
    [TestCase("public partial class R { RlmSession _s; [RlmPipeline(\"answer 1\", Texts = [\"a\"], Documents = [\"a\"])] public partial Task<int> One(); }", "RLM9106", "`One` has the variable `a` twice")]
    public void Report_Form_SaysWhy(string source, string id, string message)
    {
        var run = new GeneratorRun(source);

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null))), Is.EqualTo(new[] { (id, message) }));
    }

    [TestCase("", "context | lines | count", "")]
    [TestCase("", "log | lines | count", "RLM2002")]
    [TestCase(", Texts = [\"log\"]", "log | lines | count", "")]
    [TestCase(", Texts = [\"log\"]", "context | lines | count", "RLM2002")]
    [TestCase(", Documents = [\"docs\"]", "docs | where name contains \"a\" | count", "")]
    [TestCase(", Documents = [\"docs\"]", "docs | where nmae contains \"a\" | count", "RLM2002")]
    [TestCase(", Texts = [\"log\"], Documents = [\"docs\"]", "answer count(docs) + count(log | lines)", "")]
    [TestCase("", "answer weigh(context)", "RLM2004")]
    [TestCase(", Tools = [typeof(Crm)]", "answer weigh(context)", "")]
    [TestCase(", Tools = [typeof(Crm)]", "answer weigh()", "RLM2005")]
    public void Report_Session_IsCheckedAgainstWhatTheAttributeSaysOfIt(string about, string program, string ids)
    {
        var run = new GeneratorRun($$""""
            [RlmTools] public partial class Crm { [RlmTool("Weighs.")] public int Weigh(string text) => 1; }
            public static partial class R { [RlmPipeline("""{{program}}"""{{about}})] public static partial Task<int> One(RlmSession session); }
            """");

        Assert.That(string.Join(' ', run.Diagnostics.Select(diagnostic => diagnostic.Id)), Is.EqualTo(ids));
    }

    [TestCase("causes.rlm", "causes.rlm")]
    [TestCase("causes.rlm", "/home/x/project/causes.rlm")]
    [TestCase("programs/causes.rlm", "C:\\project\\programs\\causes.rlm")]
    [TestCase("./programs/../causes.rlm", "/home/x/causes.rlm")]
    public async Task Run_File_HasTheProgram(string name, string path)
    {
        var run = new GeneratorRun(Filed(name), (path, "# Counts.\ncontext | lines | count\n"), ("/elsewhere/other-causes.rlm", "x y z"));
        Assert.That(run.Diagnostics, Is.Empty);

        var method = run.Load().GetType("R")!.GetMethod("One")!;
        Assert.That(
            await (Task<int>)method.Invoke(null, [new ScriptedChatClient(), TextSource.FromString("a\nb")])!, Is.EqualTo(2));
    }

    [Test]
    public void Report_ErrorInAFile_IsAtItsPlaceThere()
    {
        const string Program = "# Counts.\r\ncontext | lines\r\n  | cuont\r\n";
        var run = new GeneratorRun(Filed("causes.rlm"), ("/project/causes.rlm", Program));

        var location = run.Diagnostics.Single().Location;
        var span = location.GetLineSpan();
        Assert.That((run.Diagnostics[0].Id, span.Path), Is.EqualTo(("RLM2001", "/project/causes.rlm")));
        Assert.That((span.Span.Start.Line, span.Span.Start.Character, span.Span.End.Character), Is.EqualTo((2, 4, 9)));
        Assert.That(Program.Substring(location.SourceSpan.Start, location.SourceSpan.Length), Is.EqualTo("cuont"));
    }

    [TestCase("causes.rlm", "`causes.rlm` is not among the project's additional files; add `<AdditionalFiles Include=\"causes.rlm\" />` to the project", "b.rlm", "not-causes.rlm")]
    [TestCase("causes.rlm", "`causes.rlm` may be `/a/causes.rlm` or `/b/causes.rlm`; write more of its path", "/a/causes.rlm", "/b/causes.rlm")]
    public void Report_FileThatIsNotOne_PointsAtItsName(string name, string message, params string[] paths)
    {
        var run = new GeneratorRun(Filed(name), [.. paths.Select(path => (path, "answer 1"))]);

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null), run.TextAt(diagnostic))),
            Is.EqualTo(new[] { ("RLM9106", message, $"\"{name}\"") }));
    }

    private static string Filed(string name) =>
        $"public static partial class R {{ [RlmPipeline(File = \"{name}\")] public static partial Task<int> One(IChatClient model, TextSource context); }}";
}
