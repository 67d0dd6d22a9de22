using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace Rlm.Generators.Tests.Pipelines;

internal sealed class PipelineGeneratorTests
{
    private const string Reports = """"
        namespace Demo;

        [RlmTools]
        public partial class Crm
        {
            [RlmTool("Sizes.")] public int Size(string text) => text.Length;
        }

        public static partial class Reports
        {
            /// <summary>Counts errors.</summary>
            [RlmPipeline("context | grep /ERROR/ | count")]
            public static partial Task<string> ErrorsAsync(IChatClient model, TextSource context, CancellationToken cancellationToken = default);

            [RlmPipeline("""
                let hits = logs | grep "{word}" | lines
                hits | count
                answer "{count(hits)} {session}"
                """)]
            internal static partial Task<RlmResult> SearchAsync(this IChatClient program, RlmOptions? options, IReadOnlyList<TextSource> logs, string word, string session);

            [RlmPipeline("context | llm \"Why?\"")]
            public static partial Task<string> WhyAsync(RlmSession session);

            [RlmPipeline("answer size(context) + 1")]
            public static partial Task<string> SizeAsync(IChatClient model, Crm @class, TextSource context, RlmOptions options);
        }
        """";

    [Test]
    public void Generate_Pipelines_IsAsVerified() => Snapshot.Verify(new GeneratorRun(Reports).Output.Split("==> Demo.Crm.Tools")[0]
        + new GeneratorRun(Reports).Results[1].GeneratedSources
        .Aggregate("", (text, source) => $"{text}==> {source.HintName}\n{source.SourceText}\n"));

    [Test]
    public async Task Run_FreeProgram_AnswersWithWhatItShows() =>
        Assert.That(await Call<string>(
            "ErrorsAsync",
            new ScriptedChatClient(),
            TextSource.FromString("ERROR a\nfine\nERROR b"),
            CancellationToken.None), Is.EqualTo("2"));

    [Test]
    public async Task Run_DocumentsAndTexts_GivesTheResult()
    {
        IReadOnlyList<TextSource> logs = [TextSource.FromString("a b\nb", "one"), TextSource.FromString("b", "two")];

        var result = await Call<RlmResult>("SearchAsync", new ScriptedChatClient(), null!, logs, "b", "lines");

        Assert.That((result.Outcome, result.Answer), Is.EqualTo((RlmOutcome.Answered, "3 lines")));
    }

    [Test]
    public async Task Run_Session_AsksItsModel()
    {
        var session = new RlmSession(new ScriptedChatClient("Because."), [RlmVariable.Text("context", TextSource.FromString("a"))]);

        Assert.That(await Call<string>("WhyAsync", session), Is.EqualTo("Because."));
    }

    [Test]
    public void Run_SessionWithoutTheVariable_ThrowsWithTheReason()
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("other", TextSource.FromString("a"))]);

        Assert.That(async () => await Call<string>("WhyAsync", session),
            Throws.InvalidOperationException.With.Message.StartsWith("The pipeline `WhyAsync` gave no answer (ProgramErrors): "));
    }

    [Test]
    public void Run_Cancelled_Throws() =>
        Assert.That(async () =>
            await Call<string>("ErrorsAsync", new ScriptedChatClient(), TextSource.FromString("a"), new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());

    [TestCase("public static partial Task<string> One(IChatClient model, TextSource context) => null!;", "is not partial")]
    [TestCase("public static partial Task<string> One(TextSource context);", "takes neither an `IChatClient` nor an `RlmSession`, and `R` has no static field or property of one")]
    [TestCase("public static partial Task<string> One(IChatClient model, RlmSession session, TextSource context);", "takes more than one `IChatClient` or `RlmSession`")]
    [TestCase("public static partial Task<string> One(RlmSession session, TextSource context);", "takes an `RlmSession`, which has its own variables, tools and options, and others beside it")]
    [TestCase("public static partial Task<string> One<T>(IChatClient model, TextSource context);", "has type parameters")]
    [TestCase("public static partial string One(IChatClient model, TextSource context);", "does not return `Task<T>` or `ValueTask<T>`")]
    [TestCase("public static partial Task One(IChatClient model, TextSource context);", "does not return `Task<T>` or `ValueTask<T>`")]
    [TestCase("public static partial Task<object> One(IChatClient model, TextSource context);", "returns what no program answers: `object` has no counterpart in the language")]
    [TestCase("public static partial Task<HashSet<int>> One(IChatClient model, TextSource context);", "returns what no program answers: a list cannot be handed over as `HashSet<int>`; take an `IReadOnlyList`")]
    [TestCase("public static partial Task<string> One(IChatClient model, TextSource context, CancellationToken a, CancellationToken b);", "takes two `CancellationToken`s")]
    [TestCase("public static partial Task<string> One(IChatClient model, TextSource context, RlmOptions a, RlmOptions b);", "takes two `RlmOptions`")]
    public void Report_Form_SaysWhy(string method, string reason)
    {
        var run = new GeneratorRun($"public static partial class R {{ [RlmPipeline(\"context | count\")] {method} }}");

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null))),
            Is.EqualTo(new[] { ("RLM9101", $"`One` {reason}, so it cannot be a pipeline") }));
    }

    [TestCase("TextSource? context", "RLM9102")]
    [TestCase("ref TextSource context", "RLM9102")]
    [TestCase("List<TextSource> context", "RLM9102")]
    [TestCase("TextSource llm", "RLM9103")]
    public void Report_Parameter_HasItsId(string parameter, string id)
    {
        var run = new GeneratorRun(
            $"public static partial class R {{ [RlmPipeline(\"answer 1\")] public static partial Task<string> One(IChatClient model, {parameter}); }}");

        Assert.That(run.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { id }));
    }

    [TestCase("answer \"a \\\" b\"")]
    [TestCase("answer \"\"\"\na \"\" {{b}\n\n  c\"\"\"")]
    [TestCase("let a = 1\r\nanswer a")]
    [TestCase("answer 1 # \u2028")]
    public async Task Generate_ProgramText_IsTheSame(string program)
    {
        string literal = SymbolDisplay.FormatLiteral(program, quote: true);
        var run = new GeneratorRun(
            $"public static partial class R {{ [RlmPipeline({literal})] public static partial Task<RlmResult> One(IChatClient model); }}");
        Assert.That(run.Diagnostics, Is.Empty);

        var result = await (Task<RlmResult>)run.Load().GetType("R")!.GetMethod("One")!.Invoke(null, [new ScriptedChatClient()])!;

        Assert.That(result.Program, Is.EqualTo(program));
    }

    [TestCase("")]
    [TestCase(", RlmOptions options")]
    [TestCase(", RlmOptions? options = null")]
    public void Generate_OptionsAndTools_Compiles(string options)
    {
        var run = new GeneratorRun($$"""
            [RlmTools] public partial class Crm { [RlmTool("Sizes.")] public int Size(string text) => 1; }
            public static partial class R { [RlmPipeline("answer size(context)")] public static partial Task<string> One(IChatClient model, TextSource context, Crm crm{{options}}); }
            """);

        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty, run.Output);
    }

    [Test]
    public void Report_ToolCalledWrongly_IsTheProgramsError()
    {
        var run = new GeneratorRun("""
            [RlmTools] public partial class Crm { [RlmTool("Sizes.")] public int Size(string text) => 1; }
            public static partial class R { [RlmPipeline("answer size()")] public static partial Task<string> One(IChatClient model, Crm crm); }
            """);

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, run.TextAt(diagnostic))), Is.EqualTo(new[] { ("RLM2005", "size()") }));
    }

    [Test]
    public void Generate_Overloads_AreFilesOfTheirOwn()
    {
        var run = new GeneratorRun("""
            public partial class R<T>
            {
                [RlmPipeline("answer 1")] public partial Task<string> One(IChatClient model);
                [RlmPipeline("answer 2")] private partial Task<string> One(IChatClient model, string happened, string text);
            }
            """);

        Assert.That(run.CompilerDiagnostics, Is.Empty, run.Output);
        Assert.That(
            run.Results[1].GeneratedSources.Select(source => source.HintName),
            Is.EqualTo(new[] { "R-1.One.Pipeline.g.cs", "R-1.One.1.Pipeline.g.cs" }));
    }

    private static async Task<T> Call<T>(string method, params object[] arguments)
    {
        var run = new GeneratorRun(Reports);
        Assert.That(run.Diagnostics, Is.Empty);
        var found = run.Load().GetType("Demo.Reports")!
            .GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return await (Task<T>)found.Invoke(null, arguments)!;
    }
}
