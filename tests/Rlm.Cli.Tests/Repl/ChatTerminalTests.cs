using System.Runtime.Versioning;

namespace Rlm.Cli.Tests.Repl;

/// <summary>Questions that are typed on a terminal.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ChatTerminalTests
{
    [Test]
    public async Task Run_ControlC_StopsTheQuestionAndNotTheConversation()
    {
        await using var server = new LoopbackModelServer(request =>
            request.LastUserText.Contains("Slow", StringComparison.Ordinal) && !request.LastUserText.Contains("Quick", StringComparison.Ordinal)
                ? LoopbackReply.Hang()
                : "it is fast");
        string state = TestFiles.NewDirectory();
        var run = await TerminalDriver.RunAsync(
            state, ["chat", "-c", TestFiles.NewFile("a\nb\nc\n"), "-m", "test-model", "--base-url", server.OpenAiUrl.ToString()],
            "ask> ", ":help\\r",
            "ask> ", "half a question\\x03",
            "ask> ", "Slow?\\r",
            "thinking", "\\x03",
            "what was answered before stays", "Quick?\\r",
            "it is fast", ":bud\\t\\r",
            "0 sub-calls (400 left)", "\\x04");

        Assert.That(run.Code, Is.Zero, run.Output);
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(state, "rlm", "questions")), Is.EqualTo(new[] { ":help", "Slow?", "Quick?", ":budget" }));
    }
}
