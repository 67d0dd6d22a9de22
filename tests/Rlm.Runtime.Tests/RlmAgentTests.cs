using Rlm.Runtime.Events;
using Rlm.Runtime.Tests.Root;
using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Tests;

internal sealed class RlmAgentTests
{
    private static ScriptedChatClient Labelling => new(_ => RootRun.Fenced("answer context | llm \"How many?\""));

    private static TextSource Context => TextSource.FromString("a\nb", "notes.txt");

    [Test]
    public async Task Ask_ResetBetweenRuns_StartsWithNothingUsed()
    {
        var agent = new RlmAgent(Labelling, new ScriptedChatClient(_ => "1"), RootRun.Programs with { MaxCalls = 2 });

        for (int i = 0; i < 3; i++)
            Assert.That((await agent.AskAsync("?", Context)).Answer, Is.EqualTo("1"));
        Assert.That((agent.CallsUsed, agent.CallsLeft), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Ask_WithoutReset_Accumulates()
    {
        var agent = new RlmAgent(
            Labelling, new ScriptedChatClient(_ => "1"), RootRun.Programs with { MaxCalls = 2, MaxSteps = 1, ResetBetweenRuns = false });

        await agent.AskAsync("?", Context);
        var second = await agent.AskAsync("?", Context);
        var third = await agent.AskAsync("?", Context);

        Assert.That((second.Outcome, third.Outcome, agent.CallsUsed), Is.EqualTo((RlmOutcome.Answered, RlmOutcome.LimitReached, 2)));
        Assert.That((second.Usage.Calls, second.Usage.RootCalls, third.Usage.RootCalls), Is.EqualTo((2, 2, 3)));
        agent.Reset();
        Assert.That((agent.CallsUsed, agent.CallsLeft), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task Run_ReaderStops_CancelsTheRun()
    {
        var cancelled = new TaskCompletionSource();
        var root = new ScriptedChatClient(async (call, token) =>
        {
            var never = new TaskCompletionSource();
            using var registration = token.Register(() =>
            {
                cancelled.TrySetResult();
                never.TrySetCanceled(token);
            });
            await never.Task;
            return ScriptedChatClient.Response("", call);
        });

        await foreach (var happened in new RlmAgent(root, options: RootRun.Programs).RunAsync("?", [RlmVariable.Text("context", Context)]))
        {
            if (happened is TurnStarted)
                break;
        }

        // The run may not have come to its call before it was stopped.
        Assert.That(cancelled.Task.IsCompleted || root.CallCount == 0, Is.True);
    }

    [TestCase(-1, 1, nameof(RlmOptions.MaxCalls))]
    [TestCase(1, 0, nameof(RlmOptions.MaxSteps))]
    public void Constructor_LimitThatAllowsNothing_NamesTheOption(int calls, int steps, string option) => Assert.That(
        () => new RlmAgent(new ScriptedChatClient(), options: new RlmOptions { MaxCalls = calls, MaxSteps = steps }),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo($"options.{option}"));

    [TestCase(RlmVerbosity.Quiet, new[] { "RunFinished" })]
    [TestCase(RlmVerbosity.Progress, new[] { "RunStarted", "TurnStarted", "TurnFinished", "RunFinished" })]
    [TestCase(RlmVerbosity.Detailed, new[] { "RunStarted", "TurnStarted", "ProgramStarted", "ValueShown", "TurnFinished", "RunFinished" })]
    public async Task RunAsync_Verbosity_GivesThoseEvents(RlmVerbosity verbosity, string[] expected)
    {
        var agent = new RlmAgent(
            new ScriptedChatClient("```rlm\ncontext | lines | count\nanswer \"done\"\n```"),
            options: new RlmOptions { DirectTokens = 0, Verbosity = verbosity });
        var events = new List<string>();
        await foreach (var happened in agent.RunAsync("x", [RlmVariable.Text("context", TextSource.FromString("a"))]))
            events.Add(happened.GetType().Name);

        Assert.That(events, Is.EqualTo(expected));
    }
}
