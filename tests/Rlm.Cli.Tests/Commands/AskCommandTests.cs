using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class AskCommandTests
{
    private const string Key = "sk-secret-0123456789";
    private const string CountsErrors = "```rlm\nanswer context | grep /ERROR|FATAL/ | count\n```";

    private static readonly string Log = TestFiles.Sample("server.log");

    [Test]
    public async Task RunAsync_ModelWritesAProgram_PrintsItsAnswer()
    {
        await using var server = new LoopbackModelServer(CountsErrors);

        var run = await CliRun.RunAsync(
            "ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo("271\n"));
        Assert.That(run.Error, Does.StartWith("rlm: Using test-model at http://127.0.0.1:"));
        Assert.That(run.ErrorLines[^1], Does.StartWith("rlm: 0 sub-calls (400 left), 1 turn, "));
    }

    [Test]
    public async Task RunAsync_PromptOfOolong_AsksItsQuestionAboutItsData()
    {
        await using var server = new LoopbackModelServer("```rlm\nanswer context | lines | count it contains \"User: 7\"\n```");
        string path = TestFiles.NewFile(
            "The following lines contain 3 messages, one per line.\n\n"
            + "Date: Jan 06, 2023 || User: 7 || Instance: a\nDate: Jan 07, 2023 || User: 8 || Instance: b\nDate: Jan 08, 2023 || User: 7 || Instance: c\n\n"
            + "Recall: the preceding lines contain 3 messages; a row counts where it is whole.\n\nIn the above data, how many messages are by user 7?\n");

        var run = await CliRun.RunAsync("ask", "--oolong", path, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-q");

        Assert.That(run, Is.EqualTo(new CliRun(0, "2\n", "")));
        Assert.That(server.Received[^1].Body, Does.Contain("how many messages are by user 7?").And.Contain("one per line.").And.Contain("a row counts where it is whole").And.Contain("3 lines"));
    }

    [TestCase("no question about anything\n", 5, "is not a prompt of OOLONG: ")]
    [TestCase("Date: a || User: 1\nDate: b || User: 2\n\nIn the above data, how many?\n\nDate: a || User: 1\nDate: b || User: 3\n\nIn the above data, how many?\n", 5, "stands among the data, too")]
    [TestCase(null, 5, "prompt.txt")]
    public async Task RunAsync_NoPromptOfOolong_SaysWhatIsMissing(string? text, int code, string error)
    {
        string path = text is null ? "/no/such/prompt.txt" : TestFiles.NewFile(text, "prompt.txt");

        var run = await CliRun.RunAsync("ask", "--oolong", path, "-m", "offline");

        Assert.That((run.Code, run.Output), Is.EqualTo((code, "")));
        Assert.That(run.Error, Does.Contain(error));
    }

    [TestCase("Why?")]
    [TestCase("-c", "a.txt")]
    [TestCase("--var", "context=1")]
    public async Task RunAsync_PromptOfOolongWithAnother_IsWrongUsage(params string[] more)
    {
        var run = await CliRun.RunAsync(["ask", "--oolong", "prompt.txt", "-m", "offline", .. more]);

        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--oolong brings its own question and context"));
    }

    [Test]
    public async Task RunAsync_Quiet_PrintsTheAnswerAlone()
    {
        await using var server = new LoopbackModelServer(CountsErrors);

        var run = await CliRun.RunAsync(
            "ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-q");

        Assert.That(run, Is.EqualTo(new CliRun(0, "271\n", "")));
    }

    [Test]
    public async Task RunAsync_Verbose_ShowsTheProgramAndWhatItShowed()
    {
        await using var server = new LoopbackModelServer("```rlm\ncontext | grep /FATAL/ | count\n```", CountsErrors);

        var run = await CliRun.RunAsync(
            "ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-v");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(
            run.Error,
            Does.Contain("-- turn 1 of 20\n").And.Contain("  context | grep /FATAL/ | count\n").And.Contain("-- turn 2 of 20\n"));
    }

    [Test]
    public async Task RunAsync_Json_IsOneObject()
    {
        await using var server = new LoopbackModelServer(CountsErrors);

        var run = await CliRun.RunAsync("ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m",
            "test-model", "--json", "--price", "1/2");

        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(json.GetProperty("answer").GetString(), Is.EqualTo("271"));
        Assert.That(json.GetProperty("model").GetString(), Is.EqualTo("test-model"));
        Assert.That(
            (json.GetProperty("usage").GetProperty("calls").GetInt32(), json.GetProperty("usage").GetProperty("rootCalls").GetInt32()),
            Is.EqualTo((0, 1)));
        Assert.That(json.GetProperty("usage").GetProperty("costUsd").GetDecimal(), Is.GreaterThan(0));
        Assert.That(json.GetProperty("program").GetString(), Does.Contain("grep /ERROR|FATAL/"));
    }

    [Test]
    public async Task RunAsync_Offline_SaysThatItIsNoModel()
    {
        var run = await CliRun.RunAsync(
            "ask", "What is the door code of the warehouse at Halden Quay?", "-c", TestFiles.Sample("mails.txt"), "-m", "offline");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("7304-K"));
        Assert.That(run.Error, Does.StartWith("rlm: using the built-in offline model, which matches words and does not understand text\n"));
    }

    [Test]
    public async Task RunAsync_SubModel_IsAskedByPaidStages()
    {
        await using var server = new LoopbackModelServer(request =>
            request.Model == "big"
                ? LoopbackReply.Text("```rlm\nanswer context | grep /FATAL/ | llm \"Why?\"\n```")
                : LoopbackReply.Text("the pump"));

        var run = await CliRun.RunAsync(
            "ask", "Why did it stop?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "big", "--sub-model", "small");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo("the pump\n"));
        Assert.That(string.Join(' ', server.Received.Select(request => request.Model)), Is.EqualTo("big small"));
    }

    [Test]
    public async Task RunAsync_SubBaseUrl_IsWherePaidStagesAsk()
    {
        await using var far = new LoopbackModelServer("```rlm\nanswer context | grep /FATAL/ | llm \"Why?\"\n```");
        await using var near = new LoopbackModelServer("the pump");

        var run = await new CliSetup { Environment = new Dictionary<string, string> { ["RLM_MODEL"] = "big" } }.RunAsync(
            ["ask", "Why did it stop?", "-c", Log, "--base-url", far.OpenAiUrl.ToString(), "--sub-model", "small", "--sub-base-url", near.OpenAiUrl.ToString()]);

        Assert.That(run, Is.EqualTo(run with { Code = 0, Output = "the pump\n" }));
        Assert.That((far.Received.Single().Model, near.Received.Single().Model), Is.EqualTo(("big", "small")));
    }

    [Test]
    public async Task RunAsync_SubBaseUrlOfAProgram_IsTheOnlyOneAsked()
    {
        await using var far = new LoopbackModelServer("never");
        await using var near = new LoopbackModelServer("the pump");

        var run = await CliRun.RunAsync(
            "run", "grep /FATAL/ | llm \"Why?\"", "-c", Log, "--base-url", far.OpenAiUrl.ToString(), "-m", "big",
            "--sub-model", "small", "--sub-base-url", near.OpenAiUrl.ToString());

        Assert.That((run.Output, far.Received.Count, near.Received.Single().Model), Is.EqualTo(("the pump\n", 0, "small")), run.Error);
    }

    [Test]
    public async Task RunAsync_CallsSpent_HasACodeOfItsOwn()
    {
        await using var server = new LoopbackModelServer("```rlm\ncontext | lines | map llm \"Why?\"\n```");

        var run = await CliRun.RunAsync(
            "ask",
            "How many errors are there?",
            "-c",
            Log,
            "--base-url",
            server.OpenAiUrl.ToString(),
            "-m",
            "test-model",
            "--max-calls",
            "1",
            "--max-steps",
            "1");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.LimitReached), run.Error);
        Assert.That(run.Output, Is.Empty);
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AsManySubCallsAsAllowed_AreLeftToItsStagesWhateverTheTurns()
    {
        string[] programs = ["context | lines | count", "context | peek 2", "let r = context | lines | chunk 10 items | map llm \"{it}\"",
            "r | cuont", "answer r | count"];
        int turn = 0;
        await using var server = new LoopbackModelServer(request =>
            request.Body.Contains("You answer one sub-question", StringComparison.Ordinal) ? "x" : $"```rlm\n{programs[turn++]}\n```");
        string context = TestFiles.NewFile(string.Join('\n', Enumerable.Range(1, 100)));

        var run = await CliRun.RunAsync("ask", "How many chunks are there?", "-c", context, "--base-url", server.OpenAiUrl.ToString(), "-m",
            "test-model", "--max-calls", "10");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "10\n")), run.Error);
        Assert.That(run.ErrorLines[^1], Does.StartWith("rlm: 10 sub-calls (0 left), 5 turns, "));
    }

    [Test]
    public async Task RunAsync_Interrupted_SaysHowToGoOn()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        using var interruption = new CancellationTokenSource();
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");

        var running = new CliSetup().RunAsync(
            ["ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-q",
                "--journal", journal], interruption.Token);
        while (server.Requests == 0 && !running.IsCompleted)
            await Task.Delay(5);
        await interruption.CancelAsync();
        var run = await running;

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Interrupted, "")));
        Assert.That(run.Error, Does.Match($@"^rlm: interrupted; 1 call, [\d,]+ tokens were spent at most; the same command with --resume goes on from {journal}\n$"));
    }

    [Test]
    public async Task RunAsync_Resumed_PaysForNothingTwice()
    {
        await using var server = new LoopbackModelServer(CountsErrors);
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        string[] args = ["ask", "How many errors are there?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model",
            "-q", "--journal", journal];

        var first = await new CliSetup().RunAsync(args);
        var second = await new CliSetup().RunAsync([.. args, "--resume"]);

        Assert.That(first, Is.EqualTo(new CliRun(0, "271\n", "")));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_EndpointDown_FailsInOneLine()
    {
        var run = await CliRun.RunAsync("ask", "Why?", "-c", Log, "--base-url", "http://127.0.0.1:1/v1", "-m", "x", "-q");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("rlm: ").And.Contain("127.0.0.1:1"));
    }

    [Test]
    public async Task RunAsync_Unauthorized_NeverShowsTheKey()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(401, $"{{\"error\":{{\"message\":\"bad key {Key}\"}}}}"));
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Key } };

        var run = await setup.RunAsync(["ask", "Why?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "x", "-v"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Output + run.Error, Does.Contain("401").And.Not.Contain(Key));
    }

    [Test]
    public async Task RunAsync_ModelThatNobodyOffers_FailsBeforeAnythingIsAsked()
    {
        await using var server = new LoopbackModelServer(CountsErrors) { Models = ["a", "b"] };

        var run = await CliRun.RunAsync("ask", "Why?", "-c", Log, "--base-url", server.OpenAiUrl.ToString());

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("offers 2 models"));
    }

    [Test]
    public async Task RunAsync_MissingContext_AsksNobody()
    {
        await using var server = new LoopbackModelServer(CountsErrors);

        var run = await CliRun.RunAsync("ask", "Why?", "-c", "none.txt", "--base-url", server.OpenAiUrl.ToString());

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(server.Requests, Is.Zero);
    }
}
