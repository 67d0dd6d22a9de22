using NUnit.Framework.Constraints;

namespace Rlm.Runtime.Tests;

/// <summary>A program is compiled once, and planned and run as often as wanted.</summary>
internal sealed class CompiledProgramTests
{
    [Test]
    public async Task Compile_Program_PlansAndRunsWithoutBeingCompiledAgain()
    {
        var model = new ScriptedChatClient("one");
        var session = ProgramRun.Session("a", model);
        var program = session.Compile("let x = context | llm \"?\"\nanswer x");

        var plan = await session.PlanAsync(program);
        var result = await session.RunAsync(program);

        Assert.That((program.IsPaid, plan.Calls, result.Answer, model.CallCount), Is.EqualTo((true, 1, "one", 1)));
        Assert.That((await session.PlanAsync(program)).Calls, Is.Zero, "what was paid for is there");
    }

    [Test]
    public async Task RunAsync_OnceMore_ComputesItsLetsOnceMore()
    {
        var calls = new CountingTool();
        var session = ProgramRun.Session("a", new ScriptedChatClient(), new RlmOptions { Tools = [calls] });
        var program = session.Compile("let n = ticks()\nanswer n");

        var first = await session.RunAsync(program);
        var second = await session.RunAsync(program);

        Assert.That((first.Answer, second.Answer), Is.EqualTo(("1", "2")));
    }

    [TestCase(RlmVerbosity.Quiet)]
    [TestCase(RlmVerbosity.Detailed)]
    public async Task RunAsync_WithoutAnswer_GivesTheLastShownValue(RlmVerbosity verbosity)
    {
        var session = ProgramRun.Session("a\nb", new ScriptedChatClient(), new RlmOptions { Verbosity = verbosity });

        var result = await session.RunAsync("context | lines | first\ncontext | lines | count");

        Assert.That((result.Outcome, result.Answer), Is.EqualTo((RlmOutcome.Answered, "2")));
    }

    [Test]
    public async Task RunAsync_ProgramWithErrors_HasNoAnswer()
    {
        var session = ProgramRun.Session("a", new ScriptedChatClient());
        var program = session.Compile("context | lines\ncontext | cuont");

        var result = await session.RunAsync(program);

        Assert.That(
            (result.Outcome, result.Answer, result.Diagnostics.Single().Id),
            Is.EqualTo((RlmOutcome.ProgramErrors, (string?)null, "RLM2001")));
        await Assert.ThatAsync(
            () => session.PlanAsync(program),
            Throws.ArgumentException.With.Message.StartsWith($"The program has errors: {result.Diagnostics.Single().Message}"));
    }

    [Test]
    public async Task RunAsync_ProgramOfAnotherSession_Throws()
    {
        var session = ProgramRun.Session("a", new ScriptedChatClient());

        var elsewhere = ProgramRun.Session("a", new ScriptedChatClient()).Compile("answer context");
        foreach (var program in (RlmProgram[])[elsewhere, RlmProgram.Compile("answer 1")])
        {
            Assert.That(() => session.RunStreamingAsync(program), Refuses());
            await Assert.ThatAsync(() => session.PlanAsync(program), Refuses());
            await Assert.ThatAsync(() => session.RunAsync(program), Refuses());
        }
    }

    [Test]
    public async Task With_AnotherModel_RunsTheSamePrograms()
    {
        var session = ProgramRun.Session("a", new ScriptedChatClient());
        await ProgramRun.RunAsync(session, "let y = \"kept\"");
        var program = session.Compile("answer \"{y}: {context | llm \"?\"}\"");

        var limited = await session.With(new ScriptedChatClient("b"), new RlmOptions { MaxTokens = 1 }).RunAsync(program);
        var result = await session.With(new ScriptedChatClient("b"), new RlmOptions()).RunAsync(program);

        Assert.That((limited.Outcome, result.Answer), Is.EqualTo((RlmOutcome.LimitReached, "kept: b")));
    }

    [TestCase("answer 1 + 1", false)]
    [TestCase("let context = \"mine\"\nanswer context", false)]
    [TestCase("answer context | lines | count", true)]
    [TestCase("grep /a/ | count", true)]
    [TestCase("assert length(context) > 0", true)]
    [TestCase("answer cuont(1)", true)]
    public void Compile_Deferred_IsOpenedForAProgramThatReadsIt(string text, bool isOpened)
    {
        int opened = 0;
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Defer("context", () =>
        {
            opened++;
            return TextSource.FromString("a", "a");
        })]);

        session.Compile(text);
        session.Compile(text);

        Assert.That(opened, Is.EqualTo(isOpened ? 1 : 0));
    }

    [Test]
    public async Task Run_Deferred_IsReadAndMarked()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.jsonl");
        using (var journal = RlmJournal.Create(path))
        {
            var context = RlmVariable.Defer("context", () => TextSource.FromString("a,b\n1,2\n", "a.csv"));
            var session = new RlmSession(new ScriptedChatClient(), [context], new RlmOptions { Journal = journal });

            await ProgramRun.RunAsync(session, "answer 1");
            Assert.That((await ProgramRun.RunAsync(session, "answer parse csv | sum b")).Answer, Is.EqualTo("2"));
        }

        Assert.That(File.ReadAllLines(path).Count(line => line.Contains("\"event\":\"context\"", StringComparison.Ordinal)), Is.EqualTo(1));
        File.Delete(path);
    }

    [Test]
    public void Compile_DeferredThatIsNotThere_IsAnUnknownName()
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Defer("context", () => null)]);
        var without = new RlmSession(new ScriptedChatClient(), []);

        foreach (string text in (string[])["answer context", "lines | count", "answer contxt"])
            Assert.That(session.Compile(text).Diagnostics, Is.Not.Empty.And.EqualTo(without.Compile(text).Diagnostics));
    }

    [Test]
    public async Task AskAsync_Deferred_IsThereOrNot()
    {
        var model = new ScriptedChatClient("```rlm\nanswer a\n```");

        var result = await new RlmAgent(model, null, new RlmOptions { DirectTokens = 0 }).AskAsync(
            "?", [RlmVariable.Defer("a", () => TextSource.FromString("x", "x")), RlmVariable.Defer("b", () => null)]);

        Assert.That(result.Answer, Is.EqualTo("x"));
    }

    private static ContainsConstraint Refuses() => Throws.ArgumentException.With.Message.Contains("was not compiled by this session");

    private sealed class CountingTool : RlmTool
    {
        private int _count;

        public override string Name => "ticks";

        public override string Description => "how often it was called";

        public override IReadOnlyList<RlmToolParameter> Parameters => [];

        public override string ResultType => "number";

        public override ValueTask<System.Text.Json.JsonElement?> InvokeAsync(
            IReadOnlyList<System.Text.Json.JsonElement?> arguments, CancellationToken cancellationToken) =>
            ValueTask.FromResult<System.Text.Json.JsonElement?>(System.Text.Json.JsonDocument.Parse($"{++_count}").RootElement);
    }
}
