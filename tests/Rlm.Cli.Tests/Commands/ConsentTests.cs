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
}
