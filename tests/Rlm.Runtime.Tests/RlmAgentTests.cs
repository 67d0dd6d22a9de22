using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests;

internal sealed class RlmAgentTests
{
    private static ScriptedChatClient Labelling => new(_ => RootRun.Fenced("answer context | llm \"How many?\""));

    private static TextSource Context => TextSource.FromString("a\nb", "notes.txt");

    [Test]
    public async Task Ask_OneAfterTheOther_EachStartsWithNothingUsed()
    {
        var agent = new RlmAgent(Labelling, new ScriptedChatClient(_ => "1"), RootRun.Programs with { MaxCalls = 2 });

        for (int i = 0; i < 3; i++)
        {
            var result = await agent.AskAsync("?", Context);
            Assert.That((result.Answer, result.Usage.Calls, result.Usage.CallsLeft), Is.EqualTo(("1", 1, 1)));
        }
    }

    /// <summary>Whatever programs a root writes and however many calls go at a time, sub-calls and the turns of child roots keep to their bound, and its own turns take none of it.</summary>
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
            var root = new ScriptedChatClient(call => RootRun.Fenced(Planning.RandomProgram.Of((seed * 10) + call.Index)));

            var run = await RootRun.AskAsync(root, context, RootRun.Programs with { MaxCalls = maxCalls, MaxSteps = turns, Parallel = parallel }, sub);

            var usage = run.Result.Usage;
            Assert.That(usage.Calls, Is.AtMost(maxCalls), $"{seed}");

            // Roots of stages that are told the same share a reply, so that not each turn of theirs is a call.
            int own = run.Events.OfType<TurnStarted>().Count(turn => turn.Root is null), calls = sub.CallCount + root.CallCount - own;
            Assert.That((usage.Calls, usage.CallsLeft, usage.RootCalls), Is.EqualTo((calls, maxCalls - calls, own)), $"{seed}");
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

        await foreach (var happened in new RlmAgent(root, options: RootRun.Programs).AskStreamingAsync("?", [RlmVariable.Text("context", Context)]))
        {
            if (happened is TurnStarted)
                break;
        }

        // The run may not have come to its call before it was stopped.
        Assert.That(cancelled.Task.IsCompleted || root.CallCount == 0, Is.True);
    }

    [TestCase(RlmVerbosity.Quiet, new[] { "RunFinished" })]
    [TestCase(RlmVerbosity.Progress, new[] { "RunStarted", "TurnStarted", "TurnFinished", "RunFinished" })]
    [TestCase(RlmVerbosity.Detailed, new[] { "RunStarted", "TurnStarted", "ProgramStarted", "ValueShown", "TurnFinished", "RunFinished" })]
    public async Task RunAsync_Verbosity_GivesThoseEvents(RlmVerbosity verbosity, string[] expected)
    {
        var agent = new RlmAgent(
            new ScriptedChatClient("```rlm\ncontext | lines | count\nanswer \"done\"\n```"),
            options: new RlmOptions { DirectTokens = 0, Verbosity = verbosity });
        var events = new List<string>();
        await foreach (var happened in agent.AskStreamingAsync("x", [RlmVariable.Text("context", TextSource.FromString("a"))]))
            events.Add(happened.GetType().Name);

        Assert.That(events, Is.EqualTo(expected));
    }
}
