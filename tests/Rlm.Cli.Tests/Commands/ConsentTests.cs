using System.Diagnostics;

namespace Rlm.Cli.Tests.Commands;

internal sealed class ConsentTests
{
    private static readonly string[] Program = ["run", "-e", "answer context | lines | map llm \"Say: {it}\"", "-c", TestFiles.NewFile("a\nb\nc"), "-m", "test-model", "-q"];

    [Test]
    public async Task DryRun_PaidStage_TellsItsPlanAndSpendsNothing()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--dry-run", "--price", "1/2"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 0)), run.Error);
        Assert.That(run.Output, Does.Match(@"map llm .*: 3 calls \(up to 6 with re-asks\), about \d+ tokens in, up to 12,288 out, up to \$0\.02"));
    }

    [Test]
    public async Task Confirm_NoTerminal_IsWrongUsage()
    {
        var run = await new CliSetup { Input = "text" }.RunAsync([.. Program, "--base-url", "http://127.0.0.1:1/v1", "--confirm"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.WrongUsage, "")));
        Assert.That(run.Error, Does.Contain("--yes"));
    }

    [TestCase("y", 0, 3)]
    [TestCase("n", ExitCodes.LimitReached, 0)]
    [TestCase("", ExitCodes.LimitReached, 0)]
    public async Task Confirm_Asked_FollowsTheAnswer(string answer, int code, int requests)
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Typed = answer }.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((code, requests)), run.Error);
        Assert.That(run.Error, Does.Contain("3 calls").And.Contain("price unknown").And.Contain("Go on? [y/N]"));
    }

    [Test]
    public async Task Yes_NoTerminal_Spends()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Input = "" }.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm", "--yes"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 3)), run.Error);
    }

    [Test]
    public async Task DryRun_Ask_TellsTheFirstTurnAndSpendsNothing()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync("ask", "How many?", "-c", TestFiles.NewFile(new string('x', 100_000)), "-m", "test-model", "-q", "--base-url", server.OpenAiUrl.ToString(), "--dry-run", "--price", "1/2");

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 0)), run.Error);
        Assert.That(run.Output, Does.Match(@"^the root's first turn: 1 call \(up to 20 turns in all\), about [\d,]+ tokens in, up to 4,096 out, up to \$0\.\d+\nthe programs, "));
    }

    [Test]
    public async Task Confirm_AskWithANo_MakesNoCall()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Typed = "n" }.RunAsync(["ask", "Who is this?", "-c", TestFiles.NewFile("a"), "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((ExitCodes.LimitReached, 0)), run.Error);
        Assert.That(run.Error, Does.Contain("the root's first turn: 1 call (up to 1 turn in all)"));
    }

    [TestCase("y", 0, 3)]
    [TestCase("n", ExitCodes.LimitReached, 0)]
    public async Task Confirm_NativeBinaryAtATerminal_FollowsTheAnswer(string answer, int code, int requests)
    {
        string binary = NativeBinary.Require();
        if (!File.Exists("/usr/bin/script"))
            Assert.Ignore("There is no /usr/bin/script to make a terminal with.");
        await using var server = new LoopbackModelServer("fine");
        string[] words = [binary, .. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm"];
        string command = string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(answer);
        await process.StandardInput.FlushAsync();
        string shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That((process.ExitCode, server.Requests), Is.EqualTo((code, requests)), shown);
        Assert.That(shown, Does.Contain("Go on? [y/N]"));
    }
}
