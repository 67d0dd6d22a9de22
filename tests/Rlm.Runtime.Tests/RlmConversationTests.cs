using Rlm.Runtime.Replies;
using Rlm.Runtime.Tests.Answers;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests;

/// <summary>Questions that know the earlier ones.</summary>
internal sealed class RlmConversationTests
{
    private const string Lines = "Reds won\nBlues lost\nReds lost";

    [Test]
    public async Task AskAsync_SecondQuestion_KnowsLetsAndEarlierAnswer()
    {
        using var context = TextSource.FromString(Lines);
        var root = new ScriptedChatClient(
            Fenced("let reds = context | lines | where it contains \"Reds\"\nanswer reds | count"), Fenced("answer reds | last 1"));
        var conversation = await new RlmAgent(root, options: Programs).StartAsync(context);

        var first = await conversation.AskAsync("How many lines are of the Reds?");
        var second = await conversation.AskAsync("And which is the last of them?");

        Assert.That((first.Answer, second.Answer), Is.EqualTo(("2", "Reds lost")));
        Assert.That((first.Usage.Steps, second.Usage.Steps), Is.EqualTo((1, 1)));
        Assert.That(root.Calls[0].LastText, Does.Not.Contain("earlier"));
        Assert.That(
            root.Calls[1].LastText,
            Does.Contain("<earlier>\n1. How many lines are of the Reds?\n   -> 2\n</earlier>").And.Contain("Kept from earlier questions: reds: list of text."));
        Assert.That(root.Calls[1].Messages, Has.Count.EqualTo(2));
        Assert.That(
            conversation.Exchanges,
            Is.EqualTo(new[] { new RlmExchange("How many lines are of the Reds?", "2"), new RlmExchange("And which is the last of them?", "Reds lost") }));
    }

    [Test]
    public async Task AskAsync_SameSubCallsInTheNextQuestion_ArePaidOnce()
    {
        using var context = TextSource.FromString(Lines);
        var root = new ScriptedChatClient(
            Fenced("let kinds = context | lines | extend kind = llm \"Won or lost?\" as one of [\"won\", \"lost\"]\nanswer kinds | count by kind"),
            Fenced("answer kinds | where kind == \"won\" | count"),
            Fenced("context | lines | extend kind = llm \"Won or lost?\" as one of [\"won\", \"lost\"] | count by kind\nanswer \"seen\""));
        var sub = new ScriptedChatClient(_ => "[1] won\n[2] lost\n[3] lost");
        var conversation = await new RlmAgent(root, sub, Programs).StartAsync(context);

        await conversation.AskAsync("How many of each?");
        int paid = sub.CallCount;
        var second = await conversation.AskAsync("How many were won?");
        var third = await conversation.AskAsync("And once more?");

        Assert.That((second.Answer, third.Answer), Is.EqualTo(("1", "seen")));
        Assert.That((paid > 0, sub.CallCount, second.Usage.Calls, third.Usage.Calls), Is.EqualTo((true, paid, 0, 0)));
    }

    [Test]
    public async Task AskAsync_TypeFailureAndCancellation_LeaveTheConversationUsable()
    {
        using var context = TextSource.FromString(Lines);
        var root = new ScriptedChatClient(
            Fenced("let n = context | lines | count\nanswer \"many\""), Fenced("answer n"), Fenced("answer n"));
        var conversation = await new RlmAgent(root, options: Programs with { MaxSteps = 1 }).StartAsync(context);

        var none = await conversation.AskAsync("How many?", AnswerContext.Default.NullableInt32);
        Assert.That(
            () => conversation.AskAsync("?", new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        var some = await conversation.AskAsync("How many, as a number?", AnswerContext.Default.NullableInt32);

        Assert.That((none.HasValue, some.Value), Is.EqualTo((false, (int?)3)));
        Assert.That(conversation.Exchanges.Select(exchange => exchange.Question), Is.EqualTo(new[] { "How many, as a number?" }));
    }

    [Test]
    public async Task AskAsync_LongHistory_CostsABoundedAmount()
    {
        using var context = TextSource.FromString(Lines);
        string answer = new('x', 5_000);
        var root = new ScriptedChatClient(_ => Fenced($"answer \"{answer}\""));
        var conversation = await new RlmAgent(root, options: Programs).StartAsync(context);

        for (int i = 0; i < 30; i++)
            await conversation.AskAsync($"Question {i} {new string('y', 1_000)}");

        string last = root.Calls[^1].LastText;
        string earlier = PromptMarkers.Unwrap(last, PromptMarkers.Earlier)!;
        Assert.That(earlier.Length, Is.InRange(3_000, 4_200));
        Assert.That(earlier, Does.StartWith("… 26 earlier questions left out").And.Contain("29. Question 28").And.Not.Contain("Question 2 "));
        Assert.That(root.Calls[1].LastText.Length, Is.LessThan(last.Length));
        Assert.That(root.Calls[20].LastText.Length, Is.EqualTo(last.Length).Within(10));
    }

    [Test]
    public async Task AskAsync_SmallText_TellsTheModelWhatWasAskedBefore()
    {
        using var context = TextSource.FromString("The Reds won.");
        var root = new ScriptedChatClient("The Reds.", "They won.");
        var conversation = await new RlmAgent(root).StartAsync(context);

        await conversation.AskAsync("Who played?");
        var second = await conversation.AskAsync("And did they win?");

        Assert.That(second.Answer, Is.EqualTo("They won."));
        Assert.That(root.Calls[1].LastText, Does.Contain("1. Who played?\n   -> The Reds."));
    }

    /// <summary>However many ask at once, one is answered at a time, the others are refused, and nothing is lost between them.</summary>
    [Test]
    public async Task AskAsync_ManyAtOnce_AreAnsweredOrRefused()
    {
        using var context = TextSource.FromString(Lines);
        var root = new ScriptedChatClient(_ => Fenced("let n = context | lines | count\nanswer n"));
        var agent = new RlmAgent(root, options: Programs);
        var conversation = await agent.StartAsync(context);
        int answered = 0, refused = 0;

        for (int round = 0; round < 25; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                try
                {
                    Assert.That((await conversation.AskAsync($"{i}?")).Answer, Is.EqualTo("3"));
                    Interlocked.Increment(ref answered);
                }
                catch (InvalidOperationException exception)
                {
                    Assert.That(exception.Message, Does.Contain("in the middle of another question"));
                    Interlocked.Increment(ref refused);
                }
            })));
        }

        Assert.That((answered + refused, conversation.Exchanges.Count, root.CallCount), Is.EqualTo((200, answered, answered)));
        Assert.That(answered, Is.GreaterThanOrEqualTo(25));
    }

    [Test]
    public async Task AskAsync_SharedBudget_BoundsAllQuestionsTogether()
    {
        using var context = TextSource.FromString(Lines);
        var root = new ScriptedChatClient(call => Fenced($"answer context | llm \"What is {call.Index}?\""));
        var agent = new RlmAgent(root, new ScriptedChatClient(_ => "x"), Programs with { Budget = new CallBudget(2), MaxSteps = 1 });
        var conversation = await agent.StartAsync(context);

        var outcomes = new List<(RlmOutcome, int)>();
        for (int i = 0; i < 3; i++)
        {
            var result = await conversation.AskAsync($"{i}?");
            outcomes.Add((result.Outcome, result.Usage.Calls));
        }

        Assert.That(outcomes, Is.EqualTo(new[] { (RlmOutcome.Answered, 1), (RlmOutcome.Answered, 1), (RlmOutcome.LimitReached, 0) }));
    }
}
