using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Tests.Asking;

internal sealed class StageCallsTests
{
    private const string MapLines = "answer context | lines | map llm \"Say it:\\n{it}\"";

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(64)]
    public async Task MapLlm_AnyParallel_KeepsOrderAndBoundsConcurrency(int parallel)
    {
        var waiting = new Queue<TaskCompletionSource>();
        int seen = 0;
        var model = new ScriptedChatClient(async (call, _) =>
        {
            // The call before is let go by the one behind it, so that replies come out of order. The first two go ahead of the others.
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (waiting)
            {
                seen++;
                waiting.Enqueue(mine);
                if (waiting.Count >= Math.Min(parallel, 4) || seen is <= 2 or > 96)
                {
                    foreach (var other in waiting.Reverse())
                        other.SetResult();
                    waiting.Clear();
                }
            }

            await mine.Task;
            return ScriptedChatClient.Response($"said {Line(call)}", call);
        });

        var run = await ProgramRun.RunAsync(MapLines, ProgramRun.Items(100), model, new RlmOptions { MaxCalls = 100, Parallel = parallel });

        Assert.That(run.Answer, Is.EqualTo(string.Join('\n', Enumerable.Range(1, 100).Select(number => $"said item {number}"))));
        Assert.That(model.MaxConcurrency, Is.LessThanOrEqualTo(parallel));
        Assert.That((run.Result.Usage.Calls, model.CallCount), Is.EqualTo((100, 100)));
        Assert.That(run.Result.IsPartial, Is.False);
    }

    [Test]
    public async Task MapLlm_ClientIsNotThreadSafe_AsksOneAfterAnother()
    {
        var model = new ScriptedChatClient(async (call, _) =>
        {
            await Task.Yield();
            return ScriptedChatClient.Response("x", call);
        })
        { Services = [new ChatClientTraits { IsThreadSafe = false }] };

        await ProgramRun.RunAsync(MapLines, ProgramRun.Items(20), model);

        Assert.That((model.CallCount, model.MaxConcurrency), Is.EqualTo((20, 1)));
    }

    [TestCase("context | grep \"zzz\" | map llm \"?\"")]
    [TestCase("context | grep \"zzz\" | where llm \"?\"")]
    [TestCase("context | grep \"zzz\" | extend x = llm \"?\" as number")]
    [TestCase("context | grep \"zzz\" | reduce llm \"?\"")]
    public async Task Any_EmptyList_MakesNoCall(string program)
    {
        var model = new ScriptedChatClient();

        var run = await ProgramRun.RunAsync(program, "a\nb", model);

        Assert.That((run.Result.Outcome, model.CallCount, run.Result.Usage.Calls), Is.EqualTo((RlmOutcome.Completed, 0, 0)));
    }

    [Test]
    public async Task MapLlm_IdenticalItems_MakeOneCall()
    {
        var model = new ScriptedChatClient(call => $"said {Line(call)}");

        var run = await ProgramRun.RunAsync(MapLines, "a\nb\na\na\nb", model);

        Assert.That(run.Answer, Is.EqualTo("said a\nsaid b\nsaid a\nsaid a\nsaid b"));
        Assert.That((model.CallCount, run.Result.Usage.Calls), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task MapLlm_IdenticalItemsFail_CountsTheCallsThatWereMade()
    {
        var model = new ScriptedChatClient((_, _) => throw new ModelException(ModelFailure.ServerError, "it broke"));

        var run = await ProgramRun.RunAsync(MapLines, "a\na\nb", model, new RlmOptions { Parallel = 1 });

        Assert.That((run.Result.Usage.Calls, model.CallCount), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task MapLlm_IdenticalItemsThatFitOnlyAsOne_AreNotRefused()
    {
        var model = new ScriptedChatClient(_ => throw new ModelException(ModelFailure.ServerError, "it broke"));

        var run = await ProgramRun.RunAsync(MapLines, "a\na\na\nb", model, new RlmOptions { MaxCalls = 2, Parallel = 1 });

        Assert.That((run.Result.IsPartial, run.Result.Usage.Calls, model.CallCount), Is.EqualTo((false, 2, 2)));
        Assert.That(run.Result.Diagnostics.Single().Message, Does.EndWith("no usable reply for any of 4 items: it broke"));
    }

    [Test]
    public async Task MapLlm_ItemFails_IsPartialWithReason()
    {
        var model = new ScriptedChatClient(
            call => Line(call) == "b" ? throw new ModelException(ModelFailure.ServerError, "it broke") : "ok");

        var run = await ProgramRun.RunAsync(MapLines, "a\nb\nc", model);

        Assert.That(run.Result.IsPartial, Is.True);
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "map llm \"Say it:\\n{it}\": 1 of 3 items failed: it broke" }));
        Assert.That(run.Notes, Is.EqualTo(run.Result.Reasons));
        Assert.That(run.Result.Usage.Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task MapLlm_ForeignException_FailsTheItemOnly()
    {
        var model = new ScriptedChatClient(call => Line(call) == "b" ? throw new NotSupportedException("no\nsuch thing") : "ok");

        var run = await ProgramRun.RunAsync($"{MapLines} or \"?\"", "a\nb\nc", model);

        Assert.That(run.Answer, Is.EqualTo("ok\n?\nok"));
        Assert.That(run.Result.Reasons, Has.One.Contains("the model's client failed: no such thing"));
    }

    [TestCase("or skip", "ok\nok")]
    [TestCase("or \"unknown\"", "ok\nunknown\nok")]
    [TestCase("or none", "ok\nnone\nok")]
    public async Task MapLlm_OrValue_StandsForFailedItems(string option, string answer)
    {
        var model = new ScriptedChatClient(
            call => Line(call) == "b" ? throw new ModelException(ModelFailure.ServerError, "it broke") : "ok");

        var run = await ProgramRun.RunAsync($"{MapLines} {option}", "a\nb\nc", model);

        Assert.That(run.Answer, Is.EqualTo(answer).Or.EqualTo(answer.Replace("none", "", StringComparison.Ordinal)));
        Assert.That(run.Result.IsPartial, Is.True);
    }

    [Test]
    public async Task MapLlm_OrFail_EndsTheStatement()
    {
        var model = new ScriptedChatClient((_, _) => throw new ModelException(ModelFailure.ServerError, "it broke"));

        var run = await ProgramRun.RunAsync($"{MapLines} or fail", "a\nb", model);

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.Failed));
        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo("2 of 2 items failed: it broke"));
    }

    [Test]
    public async Task MapLlm_Cancelled_ReachesCallsInFlightAndRefundsTheRest()
    {
        using var cancellation = new CancellationTokenSource();
        int cancelled = 0;
        var model = new ScriptedChatClient(async (call, token) =>
        {
            if (call.Index < 2)
                return ScriptedChatClient.Response("x", call);
            if (call.Index == 5)
                await cancellation.CancelAsync();
            var never = new TaskCompletionSource();
            using var registration = token.Register(() => never.TrySetCanceled(token));
            try
            {
                await never.Task;
            }
            finally
            {
                Interlocked.Increment(ref cancelled);
            }

            return ScriptedChatClient.Response("", call);
        });
        var budget = new CallBudget(202);
        var agent = new RlmAgent(
            new ScriptedChatClient($"```rlm\n{MapLines}\n```"), model, new RlmOptions { Budget = budget, Parallel = 4, DirectTokens = 0 });

        await Assert.CatchAsync<OperationCanceledException>(
            () => agent.AskAsync("?", TextSource.FromString(ProgramRun.Items(100), "t"), cancellation.Token));

        Assert.That((model.CallCount, cancelled), Is.EqualTo((6, 4)));
        Assert.That(budget.Used, Is.EqualTo(6));
    }

    [Test]
    public async Task MapLlm_MoreThanLeft_IsRefusedWithNumbersAndKnob()
    {
        var model = new ScriptedChatClient();

        var run = await ProgramRun.RunAsync(
            "context | lines | map llm \"Why?\"", ProgramRun.Items(1_000), model, new RlmOptions { MaxCalls = 38 });

        var diagnostic = run.Result.Diagnostics.Single();
        Assert.That(diagnostic.Id, Is.EqualTo("RLM4101"));
        Assert.That(diagnostic.Message, Is.EqualTo("`map llm \"Why?\"` would make 1,000 calls; 38 are left of 38"));
        Assert.That(diagnostic.Help, Does.StartWith("`pack 34` would need 30; "));
        Assert.That((model.CallCount, run.Result.Usage.Calls, run.Result.Outcome), Is.EqualTo((0, 0, RlmOutcome.LimitReached)));
    }

    [Test]
    public async Task MapLlm_PackThatWindowDoesNotHold_IsNotAdvised()
    {
        var model = new ScriptedChatClient { Services = [new ChatClientTraits { WindowTokens = 4_000, MaxOutputTokens = 1_000 }] };
        string context = string.Join('\n', Enumerable.Range(0, 40).Select(number => $"{number}{new string('x', 4_000)}"));

        var run = await ProgramRun.RunAsync("context | lines | map llm \"Why?\"", context, model, new RlmOptions { MaxCalls = 10 });

        Assert.That(run.Result.Diagnostics.Single().Help, Does.Not.Contain("pack"));
    }

    [Test]
    public async Task Any_ItemTooLargeForWindow_IsRefusedBeforeItIsSent()
    {
        var model = new ScriptedChatClient { Services = [new ChatClientTraits { WindowTokens = 8_000, MaxOutputTokens = 1_000 }] };

        var run = await ProgramRun.RunAsync("context | llm \"Summarise.\"", new string('x', 40_000), model);

        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo("item 1 has about 13,199 tokens; 6,000 fit the model's window"));
        Assert.That(run.Result.Diagnostics.Single().Help, Does.Contain("chunk 4500 tokens"));
        Assert.That(model.CallCount, Is.Zero);
    }

    [Test]
    public async Task WhereLlm_First_StopsEarlyAndRefunds()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("item 3\n", StringComparison.Ordinal) ? "true" : "false");

        var run = await ProgramRun.RunAsync(
            "answer context | lines | where llm \"Is it?\" pack 1 | first", ProgramRun.Items(40), model, new RlmOptions { Parallel = 2 });

        Assert.That(run.Answer, Is.EqualTo("item 3"));
        Assert.That((model.CallCount, run.Result.Usage.Calls), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task MapLlm_WithModel_AsksThatModelAndDoesNotShareReplies()
    {
        var model = new ScriptedChatClient(_ => "default");
        var other = new ScriptedChatClient(_ => "other");
        var options = new RlmOptions { Models = new Dictionary<string, IChatClient> { ["big"] = other } };

        var run = await ProgramRun.RunAsync(
            "let a = context | llm \"?\"\nlet b = context | llm \"?\" with model big\nanswer \"{a} {b}\"", "x", model, options);

        Assert.That(run.Answer, Is.EqualTo("default other"));
    }

    [Test]
    public async Task MapLlm_WithUnknownModel_NamesThoseThereAre()
    {
        var options = new RlmOptions { Models = new Dictionary<string, IChatClient> { ["big"] = new ScriptedChatClient() } };

        var run = await ProgramRun.RunAsync("context | llm \"?\" with model large", "x", new ScriptedChatClient(), options);

        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo("there is no model `large` to ask"));
        Assert.That(run.Result.Diagnostics.Single().Help, Is.EqualTo("there are `big`"));
    }

    [Test]
    public async Task MapLlm_Events_TellTotalsBeforeTheFirstCall()
    {
        var run = await ProgramRun.RunAsync(MapLines, "a\nb\nc", new ScriptedChatClient(_ => "x"), new RlmOptions { Parallel = 1 });

        Assert.That(run.Events.OfType<StageStarted>().Single().Calls, Is.EqualTo(3));
        Assert.That(
            run.Events.OfType<CallFinished>().Select(finished => (finished.Done, finished.Calls)),
            Is.EqualTo(new[] { (1, 3), (2, 3), (3, 3) }));
        Assert.That(run.Events.OfType<StageFinished>().Single().Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task MapLlm_NoCallEvents_TellsOfTheStageAlone()
    {
        var run = await ProgramRun.RunAsync(MapLines, "a\nb\nc", new ScriptedChatClient(_ => "x"), new RlmOptions { CallEvents = false });

        Assert.That(run.Events.OfType<CallFinished>(), Is.Empty);
        Assert.That(run.Events.OfType<StageFinished>().Single().Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task MapLlm_ReplyIsCut_IsTakenAndNoted()
    {
        var model = new ScriptedChatClient(
            (call, _) => Finished(call, Line(call) == "b" ? ChatFinishReason.Length : ChatFinishReason.Stop));

        var run = await ProgramRun.RunAsync(MapLines, "a\nb\nc", model);

        Assert.That(run.Answer, Is.EqualTo("x\nx\nx"));
        Assert.That(
            run.Notes.Single(), Is.EqualTo("map llm \"Say it:\\n{it}\": 1 of 3 replies was cut off at 4,096 tokens; ask for fewer words"));
    }

    [Test]
    public async Task MapLlm_Refusal_FailsTheItemWithTheModelsWords()
    {
        var model = new ScriptedChatClient(
            (call, _) => Finished(call, Line(call) == "b" ? ChatFinishReason.ContentFilter : ChatFinishReason.Stop));

        var run = await ProgramRun.RunAsync($"{MapLines} or \"?\"", "a\nb\nc", model);

        Assert.That((run.Answer, run.Result.Usage.Calls), Is.EqualTo(("x\n?\nx", 3)));
        Assert.That(run.Result.Reasons, Has.One.EndsWith("1 of 3 items failed: the model refused: x"));
    }

    private static Task<ChatResponse> Finished(ScriptedCall call, ChatFinishReason reason)
    {
        var response = ScriptedChatClient.Response("x", call);
        response.FinishReason = reason;
        return Task.FromResult(response);
    }

    private static string Line(ScriptedCall call) => PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!;

    [TestCase(200)]
    [TestCase(100)]
    [TestCase(40)]
    public async Task MapLlm_SameRowsAskedAgain_CostOneCallEach(int maxCalls)
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("An earlier reply", StringComparison.Ordinal) ? "yes" : "zzz");
        string rows = string.Join('\n', Enumerable.Range(0, 60).Select(number => $"row {number % 20}"));

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Good?\" as one of [\"yes\", \"no\"] pack 1 | count by it | first 1 | get count",
            rows,
            model,
            new RlmOptions { MaxCalls = maxCalls });

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("60", false)), string.Join("; ", run.Result.Reasons));
        Assert.That((run.Result.Usage.Calls, model.CallCount), Is.EqualTo((40, 40)));
    }

    [Test]
    public async Task ReduceLlm_RepliesThatAreThere_NeedNoCallsLeft()
    {
        var model = new ScriptedChatClient("sum");

        var run = await ProgramRun.RunAsync(
            "let a = context | lines | reduce llm \"Sum up\"\nlet b = context | lines | reduce llm \"Sum up\"\nanswer \"{a} {b}\"",
            "a\nb",
            model,
            new RlmOptions { MaxCalls = 1 });

        Assert.That((run.Answer, run.Result.Usage.Calls), Is.EqualTo(("sum sum", 1)), string.Join("; ", run.Result.Reasons));
    }
}
