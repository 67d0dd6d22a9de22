using System.Runtime.Versioning;

namespace Rlm.Cli.Tests.Repl;

/// <summary>Programs that are typed on a terminal.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ReplTerminalTests
{
    [Test]
    public async Task Run_Keys_EditCompleteAndRecallLines()
    {
        string state = TestFiles.NewDirectory();
        var run = await DriveAsync(
            state, [],
            "rlm> ", "let total = line\\x7fes | coun\\t\\r",
            "rlm> ", "tot\\t * 100\\r",
            "300", "\\x1b[A\\x1b[D\\x1b[D\\x1b[D5\\r",
            "15300", "lines |\\r",
            "...> ", "last\\r",
            "rlm> ", ":quit\\r");

        Assert.That(run.Code, Is.Zero, run.Output);
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(state, "rlm", "history")),
            Is.EqualTo(new[] { "let total = lines | count", "total * 100", "total * 5100", "lines | last", ":quit" }));
        Assert.That(File.GetUnixFileMode(Path.Combine(state, "rlm", "history")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Run_WideCharacters_AreEditedWhereTheCursorIs()
    {
        string state = TestFiles.NewDirectory();
        var run = await DriveAsync(
            state, [],
            "rlm> ", ":budget\\r",
            "rlm> ", "\\xe4\\xb8\\xad \\xf0\\x9f\\x98\\x80\\x01\\x06\\x7f\\x05\\x15\\\"e\\xcc\\x81x\\\"\\x02\\x02\\x7fa\\x05\\r",
            "ax", ":quit\\r");

        Assert.That(run.Code, Is.Zero, run.Output);
        Assert.That((await File.ReadAllLinesAsync(Path.Combine(state, "rlm", "history")))[1], Is.EqualTo("\"ax\""));
    }

    [Test]
    public async Task Run_PipeAtTheStart_GoesOnWithTheValueShownLast()
    {
        var run = await DriveAsync(
            TestFiles.NewDirectory(), [],
            "rlm> ", "| count\\r",
            "there is none", "lines\\r",
            "rlm> ", "| count | map it * 111\\r",
            "333", "let n = lines\\r",
            "rlm> ", "| count\\r",
            "there is none", ":quit\\r");

        Assert.That(run.Code, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("goes on with lines"));
    }

    [Test]
    public async Task Run_Confirm_AsksOnTheTerminal()
    {
        await using var server = new LoopbackModelServer("fine");
        var run = await DriveAsync(
            TestFiles.NewDirectory(), ["-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--confirm"],
            "rlm> ", "lines | count | llm \\\"Good?\\\"\\r",
            "[y/N] ", "\\x03",
            "rlm> ", "lines | count\\r",
            "3", "lines | count | llm \\\"Good?\\\"\\r",
            "[y/N] ", "y\\r",
            "fine", "\\x04");

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 1)), run.Output);
    }

    [Test]
    public async Task Run_ControlC_StopsTheStageAndNotTheSession()
    {
        await using var server = new LoopbackModelServer(request =>
            request.LastUserText.Contains("Slow", StringComparison.Ordinal) ? LoopbackReply.Hang() : "fast");
        string state = TestFiles.NewDirectory();
        var run = await DriveAsync(
            state, ["-m", "test-model", "--base-url", server.OpenAiUrl.ToString()],
            "rlm> ", "let n = lines | count\\r",
            // The prompt is drawn again at each key, so that one is waited for behind what only a statement shows.
            "rlm> ", "n * 5\\r",
            "15", "",
            "rlm> ", "half a line\\x03",
            "rlm> ", "n | llm \\\"Slow?\\\"\\r",
            "0/1", "\\x03",
            "stopped", "n * 7\\r",
            "21", "n | llm \\\"Quick?\\\"\\r",
            "fast", "\\x04");

        Assert.That(run.Code, Is.Zero, run.Output);
    }

    private static Task<CliRun> DriveAsync(string state, string[] options, params string[] steps) =>
        TerminalDriver.RunAsync(state, ["repl", "-c", TestFiles.NewFile("a\nb\nc\n"), .. options], steps);
}
