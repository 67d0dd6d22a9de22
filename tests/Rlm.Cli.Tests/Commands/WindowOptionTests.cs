namespace Rlm.Cli.Tests.Commands;

/// <summary>The window of a model is what is given, else what its server says; a prompt that was cut makes an answer partial.</summary>
internal sealed class WindowOptionTests
{
    private const string Show = """{"parameters":"","model_info":{"qwen3.context_length":40960}}""";
    private const string Program = "context | llm \"What is it about?\"";
    private const string Cut = "1 prompt cut: the endpoint counts less than half of their tokens; say how large the model's window is (--window), or give its server a larger one";

    private static readonly string Text = TestFiles.NewFile(string.Concat(Enumerable.Range(1, 1_200).Select(i => $"The pump {i} stopped.\n")));

    [TestCase("", 16_384)]
    [TestCase("--window 20000", 20_000)]
    [TestCase("--window 20000 --sub-window 24_000", 24_000)]
    [TestCase("--sub-window 24_000", 24_000)]
    [TestCase("--window 20000 --sub-model qwen3 --sub-window 24_000", 24_000)]
    public async Task RunAsync_Ollama_IsAskedWithTheWindow(string options, int window)
    {
        await using var server = ServeOllama(promptTokens: 7_000);

        var run = await RunAsync(server, options);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "pumps\n")), run.Error);
        Assert.That(server.Received.Single().Json.GetProperty("options").GetProperty("num_ctx").GetInt32(), Is.EqualTo(window));
        Assert.That(server.Received.Single().Path, Is.EqualTo("/api/chat"));
        Assert.That(run.Error, Does.Not.Contain("cut"));
    }

    [Test]
    public async Task RunAsync_PromptsThatWereCut_MakeThePartialAnswerOfARunAndItsReplay()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "journal");
        await using var server = ServeOllama(promptTokens: 2_048);

        var run = await RunAsync(server, $"--journal {journal}");
        var replayed = await CliRun.RunAsync("replay", journal);
        var strict = await RunAsync(server, "--strict");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "pumps\n")));
        Assert.That(run.Error, Does.Contain(Cut));
        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((0, "pumps\n")));
        Assert.That(replayed.Error, Does.Contain(Cut));
        Assert.That((strict.Code, strict.Output), Is.EqualTo((ExitCodes.Failed, "")));
    }

    [Test]
    public async Task RunAsync_AServerThatCountsNothing_CutNothing()
    {
        await using var server = ServeOllama(promptTokens: 11);

        var run = await RunAsync(server, "");

        Assert.That(run.Error, Does.Not.Contain("cut"));
    }

    [Test]
    public async Task RunAsync_SmallWindow_IsRefusedBeforeItIsCut()
    {
        await using var server = ServeOllama(promptTokens: 7_000);

        var run = await RunAsync(server, "--window 4096");

        Assert.That((run.Code, server.Received), Is.EqualTo((ExitCodes.ProgramErrors, Array.Empty<LoopbackRequest>())), run.Error);
    }

    [TestCase("1000")]
    [TestCase("many")]
    public async Task RunAsync_WindowThatIsNone_SaysWhatIs(string window)
    {
        var run = await CliRun.RunAsync("run", Program, "-c", Text, "--window", window);

        Assert.That((run.Code, run.ErrorLines[0]), Is.EqualTo((
            ExitCodes.WrongUsage, $"rlm: --window `{window}` is not a whole number from 1,024 to 100,000,000")));
    }

    private static Task<CliRun> RunAsync(LoopbackModelServer server, string options) => CliRun.RunAsync(
        ["run", Program, "-c", Text, "--base-url", server.OpenAiUrl.AbsoluteUri, "-m", "qwen3", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static LoopbackModelServer ServeOllama(int promptTokens) => new(LoopbackReply.Raw(
        $$"""{"model":"qwen3","message":{"role":"assistant","content":"pumps"},"done":true,"done_reason":"stop","prompt_eval_count":{{promptTokens}},"eval_count":2}"""))
    {
        ModelsReply = LoopbackReply.Raw("""{"object":"list","data":[{"id":"qwen3:latest","owned_by":"library"}]}"""),
        Pages = new Dictionary<string, string> { ["/api/show"] = Show, ["/api/ps"] = """{"models":[]}""" },
    };
}
