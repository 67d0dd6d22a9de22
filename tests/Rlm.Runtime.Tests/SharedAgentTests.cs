using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests;

/// <summary>An agent is a description: whoever runs it at the same time has a budget, state and usage of its own.</summary>
internal sealed class SharedAgentTests
{
    private static TextSource Context => TextSource.FromString("a\nb\nc", "notes.txt");

    [Test]
    public async Task Ask_EightAtOnce_EachHasItsOwnBudget([Values(1, 8)] int parallel)
    {
        var sub = new ScriptedChatClient(_ => "short");
        var agent = new RlmAgent(
            new ScriptedChatClient(_ => RootRun.Fenced("answer context | lines | map llm \"How long?\"")),
            sub,
            RootRun.Programs with { MaxCalls = 8, Parallel = parallel });

        for (int round = 0; round < 25; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => agent.AskAsync($"{i}?", Context))));

            Assert.That(
                results.Select(result => (result.Outcome, result.Answer?.Split('\n').Length, result.Usage.Calls, result.Usage.CallsLeft, result.Usage.RootCalls)),
                Is.All.EqualTo((RlmOutcome.Answered, (int?)3, 3, 5, 1)));
        }

        Assert.That(sub.CallCount, Is.EqualTo(25 * 8 * 3));
    }

    /// <summary>No call is made beyond a budget that runs share, and each run is told of its own alone.</summary>
    [Test]
    public async Task Ask_SharedBudget_IsNotPassed([Values(0, 7, 20, 23, 24, 30)] int limit)
    {
        for (int round = 0; round < 10; round++)
        {
            var budget = new CallBudget(limit);
            var sub = new ScriptedChatClient(_ => "short");
            var agent = new RlmAgent(
                new ScriptedChatClient(_ => RootRun.Fenced("answer context | lines | map llm \"How long?\"")),
                sub,
                RootRun.Programs with { Budget = budget, MaxSteps = 1 });

            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => agent.AskAsync($"{i}?", Context))));

            // No stage holds calls that it may never make, so that as many are answered as there are calls for.
            int answered = results.Count(result => result.Outcome == RlmOutcome.Answered);
            Assert.That(answered, Is.EqualTo(Math.Min(8, limit / 3)));
            Assert.That(
                (sub.CallCount, budget.Used, results.Sum(result => result.Usage.Calls)), Is.EqualTo((answered * 3, answered * 3, answered * 3)));
        }
    }

    /// <summary>Runs that ask again take from the same budget, never beyond it, and say what they could not ask about.</summary>
    [Test]
    public async Task Ask_SharedBudgetWithRepliesOfNoUse_IsNotPassed([Values(3, 7, 12, 24, 40, 60)] int limit)
    {
        for (int round = 0; round < 10; round++)
        {
            var budget = new CallBudget(limit);
            var sub = new ScriptedChatClient(call => call.LastText.Contains("An earlier reply", StringComparison.Ordinal)
                || !call.LastText.Contains("\nb\n", StringComparison.Ordinal) ? "{\"n\": 3}" : "many");
            var agent = new RlmAgent(
                new ScriptedChatClient(_ => RootRun.Fenced("answer context | lines | map llm \"How long?\" as {n: number} | sum n")),
                sub,
                RootRun.Programs with { Budget = budget, MaxSteps = 1 });

            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => agent.AskAsync($"{i}?", Context))));

            Assert.That((budget.Used, results.Sum(result => result.Usage.Calls)), Is.EqualTo((sub.CallCount, sub.CallCount)));
            Assert.That(sub.CallCount, Is.AtMost(limit));
            Assert.That(
                results.Where(result => result.Outcome == RlmOutcome.Answered).Select(result => (result.Answer, result.IsPartial)),
                Is.All.AnyOf(("9", false), ("6", true)));
            if (limit >= 8 * 4)
                Assert.That(results.Select(result => (result.Answer, result.IsPartial)), Is.All.EqualTo(("9", false)));
        }
    }

    [Test]
    public async Task Ask_AgentsOverOneBudget_OneAfterTheOther_UseWhatTheOthersLeft()
    {
        var budget = new CallBudget(2);
        var usages = new List<(RlmOutcome, int, int)>();
        for (int i = 0; i < 3; i++)
        {
            var agent = new RlmAgent(
                new ScriptedChatClient(_ => RootRun.Fenced("answer context | llm \"How many?\"")), new ScriptedChatClient(_ => "1"),
                RootRun.Programs with { Budget = budget, MaxSteps = 1 });
            var result = await agent.AskAsync("?", Context);
            usages.Add((result.Outcome, result.Usage.Calls, result.Usage.CallsLeft));
        }

        Assert.That(
            usages, Is.EqualTo(new[] { (RlmOutcome.Answered, 1, 1), (RlmOutcome.Answered, 1, 0), (RlmOutcome.LimitReached, 0, 0) }));
    }

    [Test]
    public async Task RunAsync_EnumeratedTwice_ThrowsAndPaysOnce()
    {
        var root = new ScriptedChatClient(_ => RootRun.Fenced("answer \"done\""));
        var events = new RlmAgent(root, options: RootRun.Programs).AskStreamingAsync("?", [RlmVariable.Text("context", Context)]);

        await foreach (var happened in events)
            Assert.That(happened, Is.Not.Null);

        Assert.That(() => events.GetAsyncEnumerator(), Throws.InvalidOperationException.With.Message.Contains("enumerated once"));
        Assert.That(root.CallCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_Cancelled_ThrowsWithTheCallersToken([Values] bool isReaders, [Values] bool isBefore)
    {
        using var cancellation = new CancellationTokenSource();
        var root = new ScriptedChatClient(async (call, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedChatClient.Response("", call);
        });
        var agent = new RlmAgent(root, options: RootRun.Programs);
        if (isBefore)
            await cancellation.CancelAsync();

        var exception = await Assert.CatchAsync<OperationCanceledException>(() => isReaders
            ? ReadAsync(agent.AskStreamingAsync("?", [RlmVariable.Text("context", Context)]), cancellation.Token)
            : agent.AskAsync("?", Context, cancellation.Token));

        Assert.That(exception!.CancellationToken, Is.EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Run_TwoOverOneJournal_TheSecondThrows()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            using var journal = RlmJournal.Create(path);
            var entered = new TaskCompletionSource();
            var goOn = new TaskCompletionSource();
            var root = new ScriptedChatClient(async (call, _) =>
            {
                entered.TrySetResult();
                await goOn.Task;
                return ScriptedChatClient.Response(RootRun.Fenced("answer \"done\""), call);
            });
            var agent = new RlmAgent(root, options: RootRun.Programs with { Journal = journal });

            var first = agent.AskAsync("?", Context);
            await entered.Task;
            await Assert.ThatAsync(
                () => agent.AskAsync("?", Context), Throws.InvalidOperationException.With.Message.Contains("one run after the other"));
            goOn.SetResult();

            Assert.That((await first).Answer, Is.EqualTo("done"));
            Assert.That((await agent.AskAsync("?", Context)).Answer, Is.EqualTo("done"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task ReadAsync(IAsyncEnumerable<RlmEvent> events, CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken))
            Assert.That(happened, Is.Not.Null);
    }
}
