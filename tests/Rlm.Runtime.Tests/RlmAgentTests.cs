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

    /// <summary>Whatever programs a root writes and however many calls go at a time, sub-calls keep to their bound, and turns take none of it.</summary>
    [Test]
    public async Task Ask_RandomPrograms_SubCallsKeepToTheirBoundAndTurnsTakeNone([Values(1, 16)] int parallel)
    {
        int refused = 0, atBound = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            int maxCalls = random.Next(12), turns = 1 + random.Next(4);
            string context = ProgramRun.Items(2 + (seed % 9));
            var sub = Planning.PlannedRun.Model(8_000, isSloppy: seed % 2 == 0);
            var root = new ScriptedChatClient(call => RootRun.Fenced(new Planning.RandomProgram(
                (seed * 10) + call.Index, text => ProgramRun.Session(context, sub).Compile(text)).Write()));

            var run = await RootRun.AskAsync(root, context, RootRun.Programs with { MaxCalls = maxCalls, MaxSteps = turns, Parallel = parallel }, sub);

            var usage = run.Result.Usage;
            Assert.That(usage.Calls, Is.AtMost(maxCalls), $"{seed}");
            Assert.That((usage.Calls, usage.CallsLeft, usage.RootCalls), Is.EqualTo((sub.CallCount, maxCalls - sub.CallCount, root.CallCount)), $"{seed}");
            Assert.That(usage.RootCalls, Is.AtMost(turns), $"{seed}");
            refused += run.Observations.Any(observation => observation.Contains("RLM4101", StringComparison.Ordinal)) ? 1 : 0;
            atBound += usage.CallsLeft == 0 && maxCalls > 0 ? 1 : 0;
        }

        Assert.That((refused > 20, atBound > 5), Is.EqualTo((true, true)), $"{refused} refused, {atBound} at the bound");
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
