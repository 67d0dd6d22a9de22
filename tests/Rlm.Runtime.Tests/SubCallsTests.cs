using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests;

/// <summary>The seed's <c>llm_query</c> and <c>llm_query_batched</c> as C# calls.</summary>
internal sealed class SubCallsTests
{
    [Test]
    public async Task Ask_Prompt_IsSentAsItIs()
    {
        var model = new ScriptedChatClient(call => $"<{call.LastText}>");
        using var calls = new SubCalls(model);

        var reply = await calls.AskAsync("What is 1 + 1?\n");

        Assert.That(reply, Is.EqualTo(new SubReply { Text = "<What is 1 + 1?\n>" }));
        Assert.That(model.Calls.Single().Messages, Has.Count.EqualTo(1));
        Assert.That((calls.CallsUsed, calls.CallsRemaining, calls.Usage.InputTokens), Is.EqualTo((1, 399, 5)));
    }

    [Test]
    public async Task AskAll_ManyAtATime_KeepTheOrder()
    {
        var model = new ScriptedChatClient(async (call, _) =>
        {
            await Task.Yield();
            return ScriptedChatClient.Response($"re {call.LastText}", call);
        });
        using var calls = new SubCalls(model, new RlmOptions { Parallel = 8 });
        string[] prompts = [.. Enumerable.Range(0, 200).Select(i => $"{i}")];

        var replies = await calls.AskAllAsync(prompts);

        Assert.That(replies.Select(reply => reply.Text), Is.EqualTo(prompts.Select(prompt => $"re {prompt}")));
        Assert.That(model.MaxConcurrency, Is.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task AskAll_Empty_AsksNothing()
    {
        using var calls = new SubCalls(new ScriptedChatClient());

        Assert.That(await calls.AskAllAsync([]), Is.Empty);
        Assert.That(calls.CallsUsed, Is.Zero);
    }

    [Test]
    public async Task AskAll_EqualPrompts_AreAskedOnce()
    {
        var model = new ScriptedChatClient(call => call.LastText);
        using var calls = new SubCalls(model, new RlmOptions { MaxCalls = 2 });

        var first = await calls.AskAllAsync(["a", "b", "a", "a"]);
        var second = await calls.AskAllAsync(["b", "a"]);

        Assert.That(first.Concat(second).Select(reply => reply.Text), Is.EqualTo(new[] { "a", "b", "a", "a", "b", "a" }));
        Assert.That((model.CallCount, calls.CallsUsed, calls.CallsRemaining), Is.EqualTo((2, 2, 0)));
    }

    [Test]
    public async Task AskAll_NotThreadSafe_OneAfterAnother_AlsoOfSeveralBatches()
    {
        var model = new ScriptedChatClient(async (call, _) =>
        {
            await Task.Yield();
            return ScriptedChatClient.Response(call.LastText, call);
        })
        { Services = [new ChatClientTraits { IsThreadSafe = false }] };
        using var calls = new SubCalls(model, new RlmOptions { Parallel = 8 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(
            batch => Task.Run(() => calls.AskAllAsync([.. Enumerable.Range(0, 10).Select(i => $"{batch} {i}")]))));

        Assert.That((model.MaxConcurrency, model.CallCount), Is.EqualTo((1, 80)));
    }

    [Test]
    public async Task AskAll_SomeFail_EachSaysSoAndTheOthersStand()
    {
        var model = new ScriptedChatClient(call => call.LastText switch
        {
            "breaks" => throw new InvalidOperationException("it broke\nbadly"),
            "blank" => " \n",
            _ => call.LastText,
        });
        using var calls = new SubCalls(model);

        var replies = await calls.AskAllAsync(["a", "breaks", "blank", "b"]);

        Assert.That(replies, Is.EqualTo(new[]
        {
            new SubReply { Text = "a" },
            new SubReply { Failure = "the model's client failed: it broke badly", Kind = ModelFailure.ServerError },
            new SubReply { Failure = "the model's reply was empty", Kind = ModelFailure.EmptyReply },
            new SubReply { Text = "b" },
        }));
        Assert.That(replies.Select(reply => reply.IsAnswered), Is.EqualTo(new[] { true, false, false, true }));
        Assert.That(replies[1].RequireText, Throws.InvalidOperationException.With.Message.EqualTo(replies[1].Failure));
        Assert.That(calls.CallsUsed, Is.EqualTo(4), "a call that failed was made");
    }

    [Test]
    public async Task AskAll_BlankPrompts_AreNotSentAndSaySo()
    {
        var model = new ScriptedChatClient(call => call.LastText);
        using var calls = new SubCalls(model, new RlmOptions { MaxCalls = 1 });

        var replies = await calls.AskAllAsync(["", "a", " \n"]);

        Assert.That(replies.Select(reply => (reply.Text, reply.Failure)), Is.EqualTo(new[]
        {
            (null, "the prompt is blank: nothing was asked"), ("a", (string?)null), (null, "the prompt is blank: nothing was asked"),
        }));
        Assert.That((model.CallCount, calls.CallsUsed, calls.CallsRemaining), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task AskAll_AFailedPrompt_IsAskedAgainTheNextTime()
    {
        using var calls = new SubCalls(new ScriptedChatClient(
            call => call.Index == 0 ? throw new IOException("gone") : "there"), new RlmOptions { Parallel = 1 });

        var before = await calls.AskAsync("x");

        Assert.That(before.Kind, Is.EqualTo(ModelFailure.Disconnected));
        Assert.That((await calls.AskAsync("x")).Text, Is.EqualTo("there"));
    }

    [Test]
    public async Task AskAll_WhatEveryCallWouldMeet_IsToldForTheRestWithoutAsking()
    {
        var model = new ScriptedChatClient(_ => throw new ModelException(ModelFailure.Unauthorized, "the key is wrong"));
        using var calls = new SubCalls(model, new RlmOptions { Parallel = 1 });

        var replies = await calls.AskAllAsync(["a", "b", "c"]);

        Assert.That(replies, Is.All.EqualTo(new SubReply { Failure = "the key is wrong", Kind = ModelFailure.Unauthorized }));
        Assert.That((model.CallCount, calls.CallsUsed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task AskAll_MoreThanCalls_TheFirstAreAskedAndTheOthersSaySo()
    {
        using var calls = new SubCalls(new ScriptedChatClient(call => call.LastText), new RlmOptions { MaxCalls = 2 });

        var replies = await calls.AskAllAsync(["a", "b", "c", "d"]);

        Assert.That(replies.Select(reply => reply.Text), Is.EqualTo(new[] { "a", "b", null, null }));
        Assert.That(replies.Skip(2), Is.All.EqualTo(new SubReply
        {
            Failure = "no call was left for it (2 at most, MaxCalls)",
            IsOverLimit = true,
        }));
    }

    [Test]
    public async Task AskAll_TokensRunOut_IsToldForEach()
    {
        using var calls = new SubCalls(
            new ScriptedChatClient(_ => "one two three"), new RlmOptions { MaxOutputTokens = 100, Parallel = 1 });

        var replies = await calls.AskAllAsync([.. Enumerable.Range(0, 30).Select(i => $"{i}")]);

        Assert.That(replies[0].Text, Is.EqualTo("one two three"));
        Assert.That(replies[^1].Failure, Does.StartWith("the output tokens ran out").And.EndWith("MaxOutputTokens)"));
        Assert.That(replies.Where(reply => !reply.IsAnswered).Select(reply => reply.IsOverLimit), Is.All.True);
        Assert.That(calls.Usage.OutputTokens, Is.LessThanOrEqualTo(100));
        Assert.That(calls.CallsUsed, Is.EqualTo(replies.Count(reply => reply.IsAnswered)), "what was not made is given back");
    }

    [Test]
    public async Task AskAll_TimeRunsOut_IsToldForEach()
    {
        var time = new FakeTimeProvider();
        var model = new ScriptedChatClient(async (call, token) =>
        {
            if (call.Index == 1)
            {
                time.Advance(TimeSpan.FromMinutes(2));
                await Task.Delay(Timeout.Infinite, token);
            }

            return ScriptedChatClient.Response(call.LastText, call);
        });
        using var calls = new SubCalls(model, new RlmOptions { Timeout = TimeSpan.FromMinutes(1), TimeProvider = time, Parallel = 1 });

        var replies = await calls.AskAllAsync(["a", "b", "c"]);

        Assert.That(replies[0].Text, Is.EqualTo("a"));
        Assert.That(replies.Skip(1).Select(reply => (reply.Failure, reply.IsOverLimit)), Is.All.EqualTo(
            ("the time limit of 60 s is over (Timeout)", true)));
    }

    [Test]
    public async Task AskAll_NotConfirmed_SpendsNothing()
    {
        var model = new ScriptedChatClient(call => call.LastText);
        SpendingPlan? plan = null;
        using var calls = new SubCalls(model, new RlmOptions
        {
            Confirm = (asked, _) =>
            {
                plan = asked;
                return ValueTask.FromResult(false);
            },
        });

        var replies = await calls.AskAllAsync(["a", "b", "a"]);

        Assert.That((plan!.Stages.Single().Stage, plan.Calls), Is.EqualTo(("3 prompts", 2L)));
        Assert.That(replies, Is.All.EqualTo(
            new SubReply { Failure = "3 prompts was not confirmed: nothing of it was spent", IsOverLimit = true }));
        Assert.That((model.CallCount, calls.CallsUsed), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Ask_Cancelled_ThrowsWithTheCallersTokenAndGivesBackWhatWasNotMade([Values] bool isBefore)
    {
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedChatClient(async (call, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ScriptedChatClient.Response("", call);
        });
        using var calls = new SubCalls(model, new RlmOptions { Parallel = 1 });
        if (isBefore)
            await cancellation.CancelAsync();

        var exception = await Assert.CatchAsync<OperationCanceledException>(() => calls.AskAllAsync(["a", "b", "c"], cancellation.Token));

        Assert.That(exception!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(calls.CallsUsed, Is.EqualTo(isBefore ? 0 : 1));
    }

    /// <summary>Two ask the same, and the one whose call it is gives up: the other has its reply all the same.</summary>
    [Test]
    public async Task Ask_SharedWithOneThatIsCancelled_IsAskedAnew()
    {
        using var cancellation = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var model = new ScriptedChatClient(async (call, token) =>
        {
            if (call.Index == 0)
            {
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }

            return ScriptedChatClient.Response("there", call);
        });
        using var calls = new SubCalls(model);

        var first = calls.AskAsync("x", cancellation.Token);
        await entered.Task;
        var second = calls.AskAsync("x");
        await cancellation.CancelAsync();

        await Assert.ThatAsync(() => first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await second).Text, Is.EqualTo("there"));
        Assert.That((model.CallCount, calls.CallsUsed), Is.EqualTo((2, 2)));
    }

    /// <summary>Eight threads, each with sub-calls of its own, over one budget: never one call over, and none lost.</summary>
    [Test]
    public async Task Ask_EightThreadsOverOneBudget_NeverOneCallOver([Values(0, 1, 100, 397)] int limit)
    {
        for (int round = 0; round < 10; round++)
        {
            var budget = new CallBudget(limit);
            var model = new ScriptedChatClient(call => call.Index % 7 == 3 ? throw new InvalidOperationException("no") : call.LastText);
            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
            {
                using var calls = new SubCalls(model, new RlmOptions { Budget = budget, Parallel = 4 });
                var mine = new List<SubReply>();
                for (int i = 0; i < 10; i++)
                {
                    mine.Add(await calls.AskAsync($"{thread} {i}"));
                    mine.AddRange(await calls.AskAllAsync([$"{thread} {i} a", $"{thread} {i} b", $"{thread} {i} c", $"{thread} {i} a"]));
                }

                return (calls.CallsUsed, Replies: mine);
            })));

            // 320 different prompts: what was refused was refused because the budget was used up.
            Assert.That(model.CallCount, Is.EqualTo(Math.Min(limit, 320)));
            Assert.That((budget.Used, replies.Sum(reply => reply.CallsUsed)), Is.EqualTo((model.CallCount, model.CallCount)));
            Assert.That(
                replies.SelectMany(reply => reply.Replies).Any(reply => reply.IsOverLimit), Is.EqualTo(limit < 320));
        }
    }

    [Test]
    public async Task AskAll_BesideAnAgent_TakesOfTheSameBudget()
    {
        var budget = new CallBudget(3);
        var agent = new RlmAgent(
            new ScriptedChatClient(_ => Root.RootRun.Fenced("answer context | lines | map llm \"How long?\"")),
            new ScriptedChatClient(_ => "1"),
            Root.RootRun.Programs with { Budget = budget });
        using var calls = new SubCalls(new ScriptedChatClient(call => call.LastText), new RlmOptions { Budget = budget });

        var result = await agent.AskAsync("?", TextSource.FromString("a\nb"));
        var replies = await calls.AskAllAsync(["x", "y"]);

        Assert.That((result.Usage.Calls, budget.Used, budget.Left), Is.EqualTo((2, 3, 0)));
        Assert.That(replies.Select(reply => reply.Text), Is.EqualTo(new[] { "x", null }));
        Assert.That(replies[1].Failure, Is.EqualTo("no call was left for it (400 at most, MaxCalls, or what the shared Budget has)"));
        Assert.That((calls.CallsUsed, calls.CallsRemaining), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Journal_Resumed_PaysForNoReplyTwice_AndReplayedAsksNobody()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            using (var journal = RlmJournal.Create(path))
            {
                using (var calls = new SubCalls(
                    new ScriptedChatClient(call => call.LastText == "b" ? throw new IOException("gone") : call.LastText),
                    new RlmOptions { Journal = journal, Parallel = 1 }))
                {
                    Assert.That(
                        () => new SubCalls(new ScriptedChatClient(), new RlmOptions { Journal = journal }),
                        Throws.InvalidOperationException.With.Message.Contains("one run after the other"));
                    Assert.That((await calls.AskAllAsync(["a", "b"])).Select(reply => reply.Text), Is.EqualTo(new[] { "a", null }));
                }

                var kinds = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
                    .Select(line => line.TryGetProperty("event", out var kind) ? kind.GetString() : "head");
                Assert.That(kinds, Is.EqualTo(new[] { "head", "stage", "call", "failed", "stageEnd", "end" }));
            }

            using (var replayed = RlmJournal.Replay(path))
            {
                using var calls = new SubCalls(new ScriptedChatClient(), new RlmOptions { Journal = replayed, Parallel = 1 });
                Assert.That(
                    (await calls.AskAllAsync(["a", "b"])).Select(reply => (reply.Text, reply.Kind)),
                    Is.EqualTo(new[] { ("a", (ModelFailure?)null), (null, ModelFailure.Disconnected) }));
            }

            using (var resumed = RlmJournal.Resume(path))
            {
                var model = new ScriptedChatClient(call => $"now {call.LastText}");
                using var calls = new SubCalls(model, new RlmOptions { Journal = resumed, MaxCalls = 1 });
                Assert.That(
                    (await calls.AskAllAsync(["a", "b"])).Select(reply => reply.Text), Is.EqualTo(new[] { "a", "now b" }));
                Assert.That((model.CallCount, calls.CallsUsed), Is.EqualTo((1, 1)));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task AskAll_OverHttp_IsMadeAgainAfter429AndCountsTheProvidersTokens()
    {
        int refused = 0;
        await using var server = new LoopbackModelServer(request => request.Body.Contains("busy", StringComparison.Ordinal)
            && Interlocked.Increment(ref refused) == 1
                ? LoopbackReply.Error(429, "slow down")
                : request.Body.Contains("wrong", StringComparison.Ordinal)
                    ? LoopbackReply.Error(400, $"{{\"error\":{{\"message\":\"no: {ModelClients.Key}\"}}}}")
                    : LoopbackReply.Text("fine"));
        using var client = ModelClients.Connect(server, ModelClients.Provider("openai"));
        using var calls = new SubCalls(client);

        var replies = await calls.AskAllAsync(["busy", "wrong", "good"]);

        Assert.That(replies.Select(reply => reply.Text), Is.EqualTo(new[] { "fine", null, "fine" }));
        Assert.That(replies[1].Failure, Does.Not.Contain(ModelClients.Key));
        Assert.That((server.Requests, calls.CallsUsed, calls.Usage.InputTokens, calls.Usage.OutputTokens), Is.EqualTo((4, 3, 22L, 14L)));
    }

    [Test]
    public void Misuse_IsRefused()
    {
        var calls = new SubCalls(new ScriptedChatClient());

        Assert.That(() => new SubCalls(null!), Throws.ArgumentNullException);
        Assert.That(() => new SubCalls(new ScriptedChatClient(), new RlmOptions { Parallel = -3 }), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => calls.AskAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => calls.AskAllAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => calls.AskAllAsync(["a", null!]), Throws.ArgumentException);
        calls.Dispose();
        calls.Dispose();
        Assert.That(() => calls.AskAsync("a"), Throws.InstanceOf<ObjectDisposedException>());
    }
}
