using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class RunCommandTests
{
    private const string Key = "sk-secret-0123456789";

    [TestCase("let")]
    [TestCase("let x =")]
    [TestCase("if")]
    [TestCase("answer (lines | count")]
    public async Task RunAsync_LastStatementIsNotWhole_OnlyThoseBeforeItRun(string last)
    {
        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-e", $"context | lines | count\n{last}"]);
        var alone = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-e", last]);

        Assert.That((run.Code, run.Output, alone.Code, alone.Output), Is.EqualTo((3, "2\n", 3, "")), run.Error);
    }

    [TestCaseSource(nameof(FreeSamples))]
    public async Task RunAsync_FreeSample_GivesTheExpectedAnswer(string program)
    {
        string context = await ContextOf(program);

        var run = await CliRun.RunAsync("run", program, "-c", context, "-q");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(await File.ReadAllTextAsync(Path.ChangeExtension(program, ".expected.txt"))));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task RunAsync_FreeProgram_ChoosesNoModel()
    {
        // A model that does not exist would fail if it were looked for.
        var run = await CliRun.RunAsync("run", "-e", "grep /ERROR|FATAL/ | count", "-c", TestFiles.Sample("server.log"), "-m", "none",
            "--base-url", "http://127.0.0.1:1/v1");

        Assert.That(run, Is.EqualTo(new CliRun(0, "271\n", "")));
    }

    [TestCase("on", true)]
    [TestCase("off", false)]
    [TestCase(null, false)]
    public async Task RunAsync_ReplySchema_IsSentWhereItIsOn(string? when, bool isSent)
    {
        await using var server = new LoopbackModelServer(request =>
            request.Json.TryGetProperty("response_format", out _) ? """{"reply":"spam"}""" : "spam");

        var run = await CliRun.RunAsync(
            ["run", "-e", "answer note | llm \"Which?\" as one of [\"spam\", \"ham\"]", "--var", "note=win",
            "--base-url", server.OpenAiUrl.ToString(), "-m", "m", .. when is null ? (string[])[] : ["--reply-schema", when]]);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "spam\n")), run.Error);
        Assert.That(server.Received.Select(request => request.Json.TryGetProperty("response_format", out _)), Is.EqualTo(new[] { isSent }));
    }

    [Test]
    public async Task RunAsync_ReplySchemaThatIsRefused_IsToldAndLeftOut()
    {
        await using var server = new LoopbackModelServer(request => request.Json.TryGetProperty("response_format", out _)
            ? LoopbackReply.Error(400, """{"error":{"message":"response_format is not supported"}}""")
            : "spam");

        var run = await CliRun.RunAsync("run", "-e", "answer note | llm \"Which?\" as one of [\"spam\", \"ham\"]", "--var", "note=win",
            "--base-url", server.OpenAiUrl.ToString(), "-m", "m", "--reply-schema", "on");

        Assert.That((run.Code, run.Output, server.Requests), Is.EqualTo((0, "spam\n", 2)), run.Error);
        Assert.That(run.Error, Does.Contain("`m` does not take a JSON schema for its replies"));
    }

    [Test]
    public async Task RunAsync_StandardInputBesideAVariableOfItsName_IsNotRead()
    {
        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-q", "-e", "context", "--var", "context=mine"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "mine\n")));
    }

    [Test]
    public async Task RunAsync_StandardInput_IsTheContext()
    {
        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-e", "lines | count"]);

        Assert.That(run, Is.EqualTo(new CliRun(0, "2\n", "rlm: read: 2 lines\n")));
    }

    [TestCase("answer 1 + 1", "2\n")]
    [TestCase("let a = 1\nanswer \"{a | f2}\"", null)]
    public async Task RunAsync_StandardInputThatNeverEnds_IsReadOnlyWhereItIsNeeded(string program, string? output)
    {
        var host = new CliHost
        {
            OpenInput = () => throw new IOException("read"),
            IsInputRedirected = true,
            Output = new StringWriter { NewLine = "\n" },
            Error = new StringWriter()
        };

        int code = await RlmCli.RunAsync(["run", "-e", program], host);

        Assert.That(code, Is.EqualTo(output is null ? ExitCodes.Failed : 0));
        Assert.That(host.Output.ToString(), Is.EqualTo(output ?? ""));
    }

    [Test]
    public async Task RunAsync_NamedStandardInputAndVariable_AreFound()
    {
        var run = await new CliSetup { Input = "a fox\nb\n" }
            .RunAsync(["run", "-e", "answer mails | grep \"{who}\"", "-c", "mails=-", "--var", "who=fox"]);

        Assert.That(run, Is.EqualTo(new CliRun(0, "a fox\n", "")));
    }

    [Test]
    public async Task RunAsync_SeveralContexts_AreOneListOfDocuments()
    {
        string a = TestFiles.NewFile("one\n", "a.txt"), b = TestFiles.NewFile("two\n", "b.txt");

        var run = await CliRun.RunAsync("run", "-e", "answer context | map \"{name}: {size}\"", "-c", a, "-c", b);

        Assert.That(run, Is.EqualTo(new CliRun(0, $"{a}: 4\n{b}: 4\n", "")));
    }

    [TestCase("contracts")]
    [TestCase("contracts/*.txt")]
    public async Task RunAsync_DirectoryOrGlob_IsAListOfDocuments(string path)
    {
        var run = await CliRun.RunAsync("run", "-e", "answer docs | count", "-c", $"docs={TestFiles.Sample(path)}");

        Assert.That(run, Is.EqualTo(new CliRun(0, "6\n", "")));
    }

    [TestCase("*.csv")]
    [TestCase("")]
    public async Task RunAsync_NothingInTheDirectory_FailsInOneLine(string pattern)
    {
        var run = await CliRun.RunAsync("run", "-e", "count", "-c", Path.Combine(TestFiles.NewDirectory(), pattern));

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ShownValuesAndAnswer_ComeInOrder()
    {
        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-e", "lines\nanswer context | lines | count"]);

        Assert.That(run.Output, Is.EqualTo("a\nb\n2\n"));
    }

    [Test]
    public async Task RunAsync_Json_IsOneObject()
    {
        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(["run", "-e", "lines\nanswer \"ä\"", "--json"]);

        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(json.GetProperty("answer").GetString(), Is.EqualTo("ä"));
        Assert.That(json.GetProperty("outcome").GetString(), Is.EqualTo("answered"));
        Assert.That(json.GetProperty("shown")[0].GetProperty("text").GetString(), Does.StartWith("a\nb"));
        Assert.That(json.GetProperty("model").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(run.Output, Does.Contain("\"ä\""));
    }

    [Test]
    public async Task RunAsync_ProgramWithErrors_RunsOnlyWhatIsFreeBeforeThem()
    {
        var run = await new CliSetup { Input = "a\n" }.RunAsync(["run", "-e", "context | lines\ncontext | cuont"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        Assert.That(run.Output, Is.EqualTo("a\n"));
        Assert.That(run.Error, Does.StartWith("error RLM2001: `cuont` is not an operator"));
    }

    [Test]
    public async Task RunAsync_ProgramWithErrorsAsJson_HasTheDiagnostics()
    {
        var run = await new CliSetup { Input = "a\n" }.RunAsync(["run", "-e", "context | cuont", "--json"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        var diagnostic = JsonDocument.Parse(run.Output).RootElement.GetProperty("diagnostics")[0];
        Assert.That(diagnostic.GetProperty("id").GetString(), Is.EqualTo("RLM2001"));
        Assert.That(run.Error, Does.Not.Contain("RLM2001"));
    }

    [TestCase("")]
    [TestCase("context | grep \"a")]
    public async Task RunAsync_OddProgram_HasADiagnostic(string program) =>
        Assert.That((await new CliSetup { Input = "a" }.RunAsync(["run", "-e", program])).Code, Is.EqualTo(ExitCodes.ProgramErrors));

    [Test]
    public async Task RunAsync_DeepOrLongProgram_HasADiagnostic()
    {
        var setup = new CliSetup { Input = "a" };
        string deep = new string('(', 100_000) + new string(')', 100_000), wide = string.Join(" | ", Enumerable.Repeat("lines", 150_000));

        Assert.That((await setup.RunAsync(["run", "-e", deep])).Error, Does.StartWith("error RLM4002"));
        Assert.That((await setup.RunAsync(["run", "-e", wide])).Error, Does.StartWith("error RLM4001"));
    }

    [Test]
    public async Task RunAsync_PaidProgram_AsksTheModel()
    {
        await using var server = new LoopbackModelServer("because");

        var run = await new CliSetup { Input = "a\nb\n" }.RunAsync(
            ["run", "-e", "answer context | llm \"Why?\"", "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model"]);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo("because\n"));
        Assert.That(run.Error, Does.StartWith("rlm: Using test-model at http://127.0.0.1:"));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_MoreCallsThanAllowed_SpendsNothing()
    {
        await using var server = new LoopbackModelServer("because");

        var run = await new CliSetup { Input = "a\nb\nc\nd\n" }.RunAsync(
            ["run", "-e", "answer context | lines | map llm \"Why?\" pack 1", "--max-calls", "2", "--base-url", server.OpenAiUrl.ToString(),
                "-m", "test-model"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.LimitReached), run.Error);
        Assert.That(run.Output, Is.Empty);
        Assert.That(server.Requests, Is.Zero);
    }

    [Test]
    public async Task RunAsync_EndpointDown_FailsInOneLine()
    {
        var run = await new CliSetup { Input = "a" }
            .RunAsync(["run", "-e", "answer context | llm \"Why?\"", "--base-url", "http://127.0.0.1:1/v1", "-m", "x", "-q"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_Unauthorized_NeverShowsTheKey()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(401, $"{{\"error\":{{\"message\":\"bad key {Key}\"}}}}"));
        var setup = new CliSetup { Input = "a", Environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Key } };

        var run = await setup.RunAsync(
            ["run", "-e", "answer context | llm \"Why?\"", "--base-url", server.OpenAiUrl.ToString(), "-m", "x", "-v"]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("401").And.Not.Contain(Key));
    }

    [Test]
    public async Task RunAsync_MissingContext_FailsInOneLine()
    {
        string missing = Path.Combine(TestFiles.NewDirectory(), "none.txt");

        var run = await CliRun.RunAsync("run", "-e", "count", "-c", missing);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("rlm: ").And.Contain("none.txt"));
    }

    [Test]
    public async Task RunAsync_UnreadableContext_FailsInOneLine()
    {
        string path = TestFiles.NewFile("secret");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            Assert.Ignore("Nothing is unreadable for root.");

        var run = await CliRun.RunAsync("run", "-e", "count", "-c", path);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_EmptyContext_IsAnEmptyText() =>
        Assert.That(await CliRun.RunAsync("run", "-e", "lines | count", "-c", TestFiles.NewFile("")), Is.EqualTo(new CliRun(0, "0\n", "")));

    [Test]
    public async Task RunAsync_JournalThatIsThere_IsNotOverwritten()
    {
        string journal = TestFiles.NewFile("precious");

        var run = await new CliSetup { Input = "a" }.RunAsync(["run", "-e", "count", "--journal", journal]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(await File.ReadAllTextAsync(journal), Is.EqualTo("precious"));
    }

    private static IEnumerable<string> FreeSamples() =>
        Directory.EnumerateFiles(TestFiles.Sample(""), "*.rlm").Where(path => File.Exists(Path.ChangeExtension(path, ".expected.txt")));

    /// <summary>The context that the program's first line names.</summary>
    private static async Task<string> ContextOf(string program)
    {
        string first = (await File.ReadAllLinesAsync(program))[0];
        return Path.Combine(TestFiles.Root, first[(first.LastIndexOf("-c ", StringComparison.Ordinal) + 3)..]);
    }

    [TestCase(0)]
    [TestCase(5, "--strict")]
    public async Task RunAsync_Sample_TellsWhatAllItemsWouldTakeAndIsPartial(int code, params string[] options)
    {
        var run = await CliRun.RunAsync(
            ["run", "-e", "answer lines | map llm \"Say it.\" | join \"; \"",
                "-c", TestFiles.NewFile("x\ny\nz\n"), "-m", "offline", "--sample", "1", .. options]);

        Assert.That(run.Code, Is.EqualTo(code), run.Error);
        Assert.That(run.Output.Length > 0, Is.EqualTo(code == 0));
        Assert.That(run.Error, Does.Contain("note: map llm \"Say it.\": all items would take about 3 calls, ").And.Contain("rests on a sample, 1 of 3 items; run it without `--sample` for all items"));
    }
}
