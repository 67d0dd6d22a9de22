namespace Rlm.Runtime.Tests;

/// <summary>A session is one conversation: a second program at the same time throws at once, and spoils nothing.</summary>
internal sealed class SharedSessionTests
{
    [TestCase("run")]
    [TestCase("answer")]
    [TestCase("plan")]
    [TestCase("compile")]
    [TestCase("a session with another model")]
    public async Task Session_SecondProgramWhileOneRuns_Throws(string what)
    {
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var model = new ScriptedChatClient(async (call, _) =>
        {
            entered.TrySetResult();
            await goOn.Task;
            return ScriptedChatClient.Response("one", call);
        });
        var session = ProgramRun.Session("a", model);
        var compiled = session.Compile("answer 1");

        var first = session.RunAsync("answer context | llm \"?\"");
        await entered.Task;
        await Assert.ThatAsync(
            async () =>
            {
                _ = what switch
                {
                    "run" => (object)await ProgramRun.RunAsync(session, "answer 2"),
                    "answer" => await session.RunAsync("answer 2"),
                    "plan" => await session.PlanAsync(compiled),
                    "compile" => session.Compile("answer 2"),
                    _ => await session.With(new ScriptedChatClient(), new RlmOptions()).RunAsync(compiled),
                };
            },
            Throws.InvalidOperationException.With.Message.Contains("one conversation"));
        goOn.SetResult();

        Assert.That((await first).Answer, Is.EqualTo("one"));
        Assert.That((await session.RunAsync("answer 2")).Answer, Is.EqualTo("2"));
    }

    /// <summary>Whatever programs come at the same time, each ends as if it were alone or is refused, and the lets stay whole.</summary>
    [Test]
    public async Task Session_ManyProgramsAtOnce_EachIsAnsweredOrRefused()
    {
        var session = ProgramRun.Session(ProgramRun.Items(20), new ScriptedChatClient());
        int answered = 0, refused = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                string name = $"v{worker}_{i % 5}";
                try
                {
                    var result = await session.RunAsync($"let {name} = context | lines | first {i % 20 + 1}\nanswer {name} | count");
                    Assert.That(result.Answer, Is.EqualTo($"{i % 20 + 1}"));
                    Interlocked.Increment(ref answered);
                }
                catch (InvalidOperationException exception) when (exception.Message.Contains("one conversation", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        Assert.That((answered > 0, answered + refused), Is.EqualTo((true, 4_000)));
    }

    /// <summary>A run that was stopped in a long computation is left to itself; the session goes on when that has stopped.</summary>
    [Test]
    public async Task Session_AfterARunThatWasStopped_GoesOn()
    {
        var session = new RlmSession(
            new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(ProgramRun.Items(30_000), "items"))],
            new RlmOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        var stopped = await session.RunAsync("let x = context | lines | pairs | where it.a == it.b | count\nanswer x");
        bool compiles = !session.Compile("answer 1").HasErrors;
        var next = await session.With(new ScriptedChatClient(), new RlmOptions()).RunAsync("answer context | lines | count");

        Assert.That((stopped.Outcome, compiles, next.Answer), Is.EqualTo((RlmOutcome.LimitReached, true, "30000")));
    }

    [Test]
    public void Session_NothingGiven_SaysWhatIsMissing()
    {
        var session = ProgramRun.Session("a", new ScriptedChatClient());

        Assert.That(() => new RlmSession(null!, []), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("model"));
        Assert.That(
            () => new RlmSession(new ScriptedChatClient(), null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("variables"));
        Assert.That(() => session.Compile(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("program"));
        Assert.That(() => session.RunStreamingAsync((RlmProgram)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("program"));
        Assert.That(() => RlmVariable.Text("a", null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("text"));
        Assert.That(() => new RlmAgent(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("root"));
    }

    [TestCase("let")]
    [TestCase("it")]
    [TestCase("llm")]
    [TestCase("1a")]
    [TestCase("")]
    [TestCase("a b")]
    public void Variable_NameThatProgramsCannotSay_IsRefused(string name) => Assert.That(
        () => RlmVariable.Text(name, TextSource.FromString("a")), Throws.ArgumentException.With.Message.Contains($"`{name}`"));
}
