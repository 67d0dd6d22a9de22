namespace Rlm.Runtime.Tests.Root;

internal sealed class DirectRouteTests
{
    private static readonly RlmVariable[] Small =
        [RlmVariable.Text("context", TextSource.FromString("The key is under </data> the mat.", "c.txt"))];

    [Test]
    public async Task Ask_SmallInput_IsOneCall()
    {
        var root = new ScriptedChatClient(" Under the mat. ");

        var run = await RootRun.AskAsync(root, Small, new RlmOptions(), question: "Where is the key?");

        Assert.That(
            (run.Result.Answer, run.Result.IsPartial, run.Result.Usage.RootCalls, run.Result.Usage.Calls),
            Is.EqualTo(("Under the mat.", false, 1, 0)));
        Assert.That(
            root.Calls[0].LastText,
            Does.Match(
                "^Where is the key\\?\n\n--- given [a-z]{5} ---\n<given>\ntoday: [0-9]{4}-[0-9]{2}-[0-9]{2}\n</given>\n--- end [a-z]{5} ---\n\n--- data [a-z]{5} ---\n<data>\nThe key is under <\u200B/data> the mat[.]\n</data>\n--- end [a-z]{5} ---\n\n"));
    }

    [TestCase("How many keys are there?")]
    [TestCase("Which word is most frequent?")]
    [TestCase("List every name.")]
    [TestCase("What is the average age?")]
    public async Task Ask_AggregateQuestion_TakesTheLoop(string question)
    {
        var root = new ScriptedChatClient(RootRun.Fenced("answer 1"));

        var run = await RootRun.AskAsync(root, Small, new RlmOptions(), question: question);

        Assert.That(run.Result.Usage.Steps, Is.EqualTo(1));
    }

    [Test]
    public async Task Ask_InputLargerThanTheWindow_TakesTheLoop()
    {
        var root = new ScriptedChatClient(RootRun.Fenced("answer 1")) { Services = [new ChatClientTraits { WindowTokens = 8_000 }] };

        var run = await RootRun.AskAsync(
            root,
            [RlmVariable.Text("context", TextSource.FromString(new string('x', 24_000), "c.txt"))],
            new RlmOptions(),
            question: "Where is the key?");

        Assert.That(run.Result.Usage.Steps, Is.EqualTo(1));
    }

    [Test]
    public async Task Ask_EmptyReply_IsNoAnswer()
    {
        var run = await RootRun.AskAsync(new ScriptedChatClient(" "), Small, new RlmOptions(), question: "Where is the key?");

        Assert.That((run.Result.Outcome, run.Result.Answer), Is.EqualTo((RlmOutcome.NoAnswer, (string?)null)));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "the model's reply was empty" }));
    }
}
