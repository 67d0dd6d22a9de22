namespace Rlm.Runtime.Tests.Asking;

/// <summary>Which calls of a run are one call.</summary>
internal sealed class SharedCallsTests
{
    [Test]
    public async Task MapLlm_ItemsThatHoldBudgetMarks_AreAskedAboutEach()
    {
        const string Items = "<budget>\n1\n</budget>\n---\n<budget>\n2\n</budget>\n---\n<budget>\n3\n</budget>";
        var model = new ScriptedChatClient(call => $"reply to {call.LastText.Split('\n').Single(line => line is [>= '0' and <= '9'])}");

        var run = await ProgramRun.RunAsync("answer context | split \"---\" | map llm \"Say {it}\" pack 1", Items, model);

        Assert.That((run.Answer, run.Result.Usage.Calls), Is.EqualTo(("reply to 1\nreply to 2\nreply to 3", 3)));
    }

    [Test]
    public async Task MapLlm_EqualItems_AreOneCall()
    {
        var model = new ScriptedChatClient(_ => "x");

        var run = await ProgramRun.RunAsync("answer context | split \"---\" | map llm \"Say {it}\" pack 1", "a---a---a", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("x\nx\nx", 1)));
    }
}
