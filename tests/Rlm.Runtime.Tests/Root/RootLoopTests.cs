using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Tests.Root;

internal sealed class RootLoopTests
{
    [Test]
    public async Task AskAsync_EmptyAnswer_GoesBackToTheRootAndCostsAStep()
    {
        using var context = TextSource.FromString("one\ntwo");
        using var client = new ScriptedChatClient("```rlm\nanswer context | grep /three/\n```", "```rlm\nanswer \"nothing\"\n```");

        RlmResult result = await new RlmAgent(client).AskAsync("How many of each?", context);

        Assert.That(result.Answer, Is.EqualTo("nothing"));
        Assert.That(result.Usage.Steps, Is.EqualTo(2));
        Assert.That(client.Calls[1].LastText, Does.Contain("The answer is empty: nothing matched."));
    }

    [Test]
    public async Task AskAsync_EmptyAnswerInTheLastTurn_Stands()
    {
        using var context = TextSource.FromString("one\ntwo");
        using var client = new ScriptedChatClient("```rlm\nanswer \" \"\n```");

        RlmResult result = await new RlmAgent(client, options: new RlmOptions { MaxSteps = 1 }).AskAsync("How many of each?", context);

        Assert.That(result.Outcome, Is.EqualTo(RlmOutcome.Answered));
        Assert.That(result.Answer, Is.EqualTo(" "));
    }
}
