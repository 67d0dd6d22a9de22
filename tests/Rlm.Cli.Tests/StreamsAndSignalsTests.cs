using System.Diagnostics;

namespace Rlm.Cli.Tests;

/// <summary>The native binary under shells that close its streams, share its journal or end its terminal.</summary>
internal sealed class StreamsAndSignalsTests
{
    [TestCase(">&-", ExitCodes.Failed, "", "standard output is closed")]
    [TestCase("2>&-", ExitCodes.Answered, "2\n", "")]
    [TestCase("<&-", ExitCodes.Answered, "2\n", "rlm: read: 2 lines")]
    [TestCase("<&- 2>&-", ExitCodes.Answered, "2\n", "")]
    [TestCase("<&- >&- 2>&-", ExitCodes.Failed, "", "")]
    public async Task Run_ClosedStream_EndsWithAClearCode(string closed, int code, string output, string error)
    {
        var run = await ShellAsync($"\"$RLM\" run -e 'lines | count' -c \"$FILE\" {closed}");

        Assert.That((run.Code, run.Output), Is.EqualTo((code, output)), run.Error);
        Assert.That(run.Error, error.Length == 0 ? Is.Empty : Does.Contain(error));
    }

    [Test]
    public async Task Run_ClosedInputThatIsRead_IsAnErrorAndNotAnEmptyText()
    {
        var run = await ShellAsync("\"$RLM\" run -e 'lines | count' -c - <&-");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")), run.Error);
    }

    [Test]
    public async Task Run_ClosedStreams_NeverWriteIntoTheJournal()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        var run = await ShellAsync($"\"$RLM\" run -e 'lines | count' -c \"$FILE\" --journal {journal} 2>&- <&-");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Answered), run.Error);
        Assert.That(await File.ReadAllLinesAsync(journal), Has.All.StartsWith("{\""));
    }

    [TestCase("HUP")]
    [TestCase("TERM")]
    public async Task Signal_DuringARun_LeavesAJournalToGoOnWith(string signal)
    {
        string binary = NativeBinary.Require();
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        await using var server = new LoopbackModelServer(request =>
            request.LastUserText.Contains("row 3", StringComparison.Ordinal) && request.Index < 10 ? LoopbackReply.Hang() : "yes");
        string[] command =
        [
            "run", "-e", "answer context | lines | map llm \"Good? {it}\" pack 1", "-c", TestFiles.NewFile("row 1\nrow 2\nrow 3"), "-m",
            "test-model",
            "--base-url", server.OpenAiUrl.ToString(), "--parallel", "1", "--journal", journal,
        ];
        // A signal that whoever runs the tests ignores would be ignored by the run too, as under nohup.
        using var process = NativeBinary.Start("env", ["--default-signal", binary, .. command]);
        while (server.Requests < 3 && !process.HasExited)
            await Task.Delay(5);
        using (var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        int code = process.ExitCode;
        await using var well = new LoopbackModelServer("yes");
        command[^5] = well.OpenAiUrl.ToString();
        var resumed = await NativeBinary.RunAsync(binary, [.. command, "--resume"]);

        Assert.That(code, Is.EqualTo(ExitCodes.Interrupted));
        Assert.That((resumed.Code, resumed.Output, well.Requests), Is.EqualTo((ExitCodes.Answered, "yes\nyes\nyes\n", 1)), resumed.Error);
    }

    [TestCase("-s")]
    [TestCase("-n")]
    public async Task Journal_SecondProcessByAnotherName_IsRefused(string kind)
    {
        string binary = NativeBinary.Require();
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        string journal = Path.Combine(
            TestFiles.NewDirectory(), "one.jsonl"), link = Path.Combine(Path.GetDirectoryName(journal)!, "two.jsonl");
        string[] args = ["run", "-e", "context | llm \"?\"", "-c", TestFiles.NewFile("a"), "-m", "test-model", "--base-url",
            server.OpenAiUrl.ToString(), "--journal"];
        using var first = NativeBinary.Start(binary, [.. args, journal]);
        while (server.Requests == 0)
            await Task.Delay(5);
        using (var made = Process.Start("ln", [.. kind == "-s" ? ["-s"] : Array.Empty<string>(), journal, link]))
            await made.WaitForExitAsync();

        var second = await NativeBinary.RunAsync(binary, [.. args, link, "--resume"]);
        first.Kill();
        await first.WaitForExitAsync();

        Assert.That((second.Code, server.Requests), Is.EqualTo((ExitCodes.Failed, 1)), second.Error);
        Assert.That(second.Error, Does.Contain("is being written by another process"));
    }

    private static async Task<CliRun> ShellAsync(string command)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", command])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RLM"] = NativeBinary.Require();
        start.Environment["FILE"] = TestFiles.NewFile("a\nb\n");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
