using System.Diagnostics;

namespace Rlm.Cli.Tests;

/// <summary>Drives the published native binary, which the variable RLM_NATIVE names.</summary>
internal sealed class NativeBinaryTests
{
    /// <summary>Bounds a hang only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string _binary = "";

    [OneTimeSetUp]
    public void FindBinary()
    {
        string? path = Environment.GetEnvironmentVariable("RLM_NATIVE");
        if (string.IsNullOrEmpty(path))
            Assert.Ignore("RLM_NATIVE names no native binary.");

        _binary = Path.GetFullPath(path!, TestFiles.Root);
        Assert.That(File.Exists(_binary), Is.True, $"{_binary} does not exist.");
    }

    [Test]
    public async Task Version_IsOneLine() => Assert.That(await RunAsync(["--version"]), Is.EqualTo(new CliRun(0, $"{RlmCli.VersionLine}\n", "")));

    [Test]
    public async Task Help_ShowsTheLanguage() =>
        Assert.That((await RunAsync(["help"])).Output, Is.EqualTo((await CliRun.RunAsync("help")).Output));

    [Test]
    public async Task Check_Json_IsWrittenWithoutReflection()
    {
        var run = await RunAsync(["check", "-e", "context | cuont", "--json"]);

        Assert.That(run, Is.EqualTo(await CliRun.RunAsync("check", "-e", "context | cuont", "--json")));
        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
    }

    [Test]
    public async Task Run_Sample_GivesTheExpectedAnswer()
    {
        var run = await RunAsync(["run", TestFiles.Sample("log-errors.rlm"), "-c", TestFiles.Sample("server.log")]);

        Assert.That(run, Is.EqualTo(new CliRun(0, await File.ReadAllTextAsync(TestFiles.Sample("log-errors.expected.txt")), "rlm: read: extract 271 lines\n")));
    }

    /// <summary>The script is also what a release is checked with.</summary>
    [Test]
    public async Task Run_ExamplesOfReadme_PrintWhatItShows()
    {
        string script = Path.Combine(TestFiles.Root, "tests", "readme", "check.sh");
        using var process = Start("bash", [script, Path.GetDirectoryName(_binary)!, TestFiles.Sample("")]);

        var run = await EndAsync(process);

        Assert.That((run.Code, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Match(@"^README: \d+ examples print what they show\n$"));
    }

    [Test]
    public async Task Run_Expression_CountsLines() =>
        Assert.That(
            await RunAsync(["run", "-e", "grep /ERROR|FATAL/ | count", "-c", TestFiles.Sample("server.log")]),
            Is.EqualTo(new CliRun(0, "271\n", "")));

    [Test]
    public async Task Run_StandardInput_IsTheContext() =>
        Assert.That(await RunAsync(["run", "-e", "lines | count"], "a\nb\n"), Is.EqualTo(new CliRun(0, "2\n", "rlm: read: 2 lines\n")));

    [Test]
    public async Task Ask_Offline_Answers()
    {
        var run = await RunAsync(["ask", "How many lines mention a timeout?", "-c", TestFiles.Sample("server.log"), "-m", "offline"]);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match("^[0-9,]+\n$"));
        Assert.That(run.Error, Does.Contain("offline model"));
    }

    [Test]
    public async Task Ask_OverHttp_Answers()
    {
        await using var server = new LoopbackModelServer("```rlm\nanswer context | grep /ERROR|FATAL/ | count\n```");

        var run = await RunAsync(["ask", "How many errors?", "-c", TestFiles.Sample("server.log"), "--base-url",
            server.OpenAiUrl.ToString(), "-m", "test-model", "-q"]);

        Assert.That(run, Is.EqualTo(new CliRun(0, "271\n", "")));
    }

    [TestCase(ExitCodes.WrongUsage, "ask")]
    [TestCase(ExitCodes.WrongUsage, "help", "cuont")]
    [TestCase(ExitCodes.ProgramErrors, "check", "-e", "context | cuont")]
    [TestCase(ExitCodes.Failed, "check", "none.rlm")]
    [TestCase(ExitCodes.Failed, "models", "--base-url", "http://127.0.0.1:1/v1")]
    public async Task ExitCode_IsTheDocumentedOne(int code, params string[] args) =>
        Assert.That((await RunAsync(args)).Code, Is.EqualTo(code));

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task Signal_DuringACall_EndsWith130(string signal)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        using var process = StartForSignals(
            ["ask", "How many errors?", "-c", TestFiles.Sample("server.log"), "--base-url", server.OpenAiUrl.ToString(), "-m",
                "test-model", "-q"]);
        process.StandardInput.Close();

        while (server.Requests == 0 && !process.HasExited)
            await Task.Delay(5);
        using (var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]))
            await kill.WaitForExitAsync();

        var run = await EndAsync(process);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Interrupted, "")));
        Assert.That(run.Error, Does.Match(@"^rlm: interrupted; 1 call, [\d,]+ tokens were spent at most; `rlm runs resume \S+` goes on\n$"));
    }

    [Test]
    public async Task Signal_WhileStandardInputIsOpen_EndsWith130()
    {
        using var process = StartForSignals(["run", "-e", "count", "-c", "-"]);
        // More than a pipe holds, so that it is written once the process reads.
        await process.StandardInput.WriteAsync(new string('x', 1_000_000));
        using (var kill = Process.Start("kill", ["-s", "INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();

        Assert.That((await EndAsync(process)).Code, Is.EqualTo(ExitCodes.Interrupted));
    }

    [Test]
    public async Task Run_WithoutContext_DoesNotWaitForAnOpenPipe()
    {
        using var process = Start(["run", "-e", "answer 1 + 1"]);

        Assert.That(await EndAsync(process), Is.EqualTo(new CliRun(0, "2\n", "")));
    }

    private async Task<CliRun> RunAsync(string[] args, string input = "")
    {
        using var process = Start(args);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    private Process Start(string[] args) => Start(_binary, args);

    /// <summary>
    /// The same for a process that is interrupted: tests that a script runs in the background hand on that interrupts are ignored.
    /// </summary>
    private Process StartForSignals(string[] args) => Start("env", ["--default-signal=INT,TERM", _binary, .. args]);

    private static Process Start(string command, string[] args)
    {
        var start = new ProcessStartInfo(command, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestFiles.Root,
        };
        foreach (string name in (string[])["RLM_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"])
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    private static async Task<CliRun> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new AssertionException("The process did not end.");
        }

        return new(process.ExitCode, await output, await error);
    }
}
