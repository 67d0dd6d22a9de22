using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>Tokens and money are never passed, however many calls are made at a time.</summary>
internal sealed class SpendingLimitsTests
{
    private static readonly TokenPrice Price = new(1, 10);

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(64)]
    public async Task Reserve_CallsAtATime_NeverPassALimit(int parallel)
    {
        foreach (var options in new RlmOptions[]
        {
            new() { MaxTokens = 50_000 },
            new() { MaxInputTokens = 3_000 },
            new() { MaxOutputTokens = 40_000 },
            new() { MaxCostUsd = 0.3m, Price = Price },
        })
        {
            var meter = new UsageMeter();
            var limits = new SpendingLimits(options, meter);
            int calls = 0;
            await Parallel.ForEachAsync(Enumerable.Range(
                0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (_, token) =>
            {
                try
                {
                    var reserved = await limits.ReserveAsync(20, 4_000, options.Price, true, token);
                    await Task.Yield();
                    meter.Add(new TokenCounts(20, reserved!.Value.OutputTokens), options.Price);
                    meter.Settle(reserved.Value);
                    Interlocked.Increment(ref calls);
                }
                catch (LimitReachedException)
                {
                }
            });

            Assert.That(calls, Is.GreaterThan(5));
            Assert.That(meter.Spent.Tokens, Is.LessThanOrEqualTo(options.MaxTokens ?? long.MaxValue));
            Assert.That(meter.Spent.InputTokens, Is.LessThanOrEqualTo(options.MaxInputTokens ?? long.MaxValue));
            Assert.That(meter.Spent.OutputTokens, Is.LessThanOrEqualTo(options.MaxOutputTokens ?? long.MaxValue));
            Assert.That(meter.Spent.CostUsd, Is.LessThanOrEqualTo(options.MaxCostUsd ?? decimal.MaxValue));
            Assert.That(options.MaxTokens is null || meter.Spent.Tokens > 49_900, Is.True, "the last call takes a shorter reply");
        }
    }

    [Test]
    public async Task Reserve_CallInFlightHoldsTheRest_WaitsForIt()
    {
        var meter = new UsageMeter();
        var limits = new SpendingLimits(new RlmOptions { MaxTokens = 1_000 }, meter);
        var first = await limits.ReserveAsync(100, 800, null, true, default);

        var second = limits.ReserveAsync(100, 800, null, true, default).AsTask();
        Assert.That(second.IsCompleted, Is.False);
        meter.Add(new TokenCounts(100, 10), null);
        meter.Settle(first!.Value);

        Assert.That(await second, Is.EqualTo(new Spending(100, 790, 0)));
    }

    [Test]
    public async Task Reserve_NothingLeft_NamesUsedLimitAndOption()
    {
        var meter = new UsageMeter();
        var limits = new SpendingLimits(new RlmOptions { MaxOutputTokens = 1_000 }, meter);
        meter.Add(new TokenCounts(5, 950), null);

        await Assert.ThatAsync(async () => await limits.ReserveAsync(100, 800, null, true, default), Throws.TypeOf<LimitReachedException>()
            .With.Message.EqualTo("the output tokens ran out (950 of 1,000 are used, and the next call may take 64, MaxOutputTokens)"));
    }

    [Test]
    public async Task MapLlm_MaxTokensAtParallel64_IsNotPassedAndTellsTheModel()
    {
        var model = new ScriptedChatClient(call => string.Concat(Enumerable.Repeat("word ", call.Options!.MaxOutputTokens!.Value)));

        var run = await RunAsync(
            "context | lines | map llm \"Why? {it}\"", Items(40), model, new RlmOptions { MaxTokens = 20_000, Parallel = 64 });

        Assert.That((run.Result.Outcome, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Completed, true)));
        Assert.That(run.Result.Usage.InputTokens + run.Result.Usage.OutputTokens, Is.InRange(19_000, 20_000));
        Assert.That(run.Result.Reasons.Single(), Does.Match(@"^map llm ""Why\? \{it\}"": 3\d of 40 items failed: .*MaxTokens"));
    }

    [Test]
    public async Task MapLlm_FailuresThatAreCharged_CountForTheLimit()
    {
        var usage = new UsageDetails { InputTokenCount = 140, OutputTokenCount = 60 };
        var model = new ScriptedChatClient((call, _) => call.Index > 0
            ? throw new ModelException(ModelFailure.OutputLimit, "only thoughts") { Usage = usage }
            : Task.FromResult(
                new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")) { FinishReason = ChatFinishReason.Stop, Usage = usage }));

        var run = await RunAsync(
            "context | lines | map llm \"Why? {it}\"", Items(40), model, new RlmOptions { MaxTokens = 4_000, Parallel = 1 });

        Assert.That(model.Calls, Has.Count.InRange(10, 20));
        Assert.That(run.Result.Usage.InputTokens + run.Result.Usage.OutputTokens, Is.EqualTo(200 * model.Calls.Count));
    }

    [TestCase("answer context | lines | map llm \"Why? {it}\"")]
    [TestCase("answer context | lines | where llm \"Why? {it}\" pack 1 | first 30 | count")]
    [TestCase("answer context | lines | extend why = llm \"Why? {it}\" votes 2 | get why")]
    public async Task Paid_TokensRunOut_KeepsWhatWasPaidForAndIsPartial(string program)
    {
        var model = new ScriptedChatClient((call, _) => Task.FromResult(Spent("true", 1_000)));

        var run = await RunAsync(program, Items(40), model, new RlmOptions { MaxCalls = 100, MaxOutputTokens = 20_000, Parallel = 1 });

        Assert.That((run.Result.Outcome, run.Result.IsPartial, model.CallCount), Is.EqualTo((RlmOutcome.Answered, true, 20)));
        Assert.That(
            run.Answer,
            program.Contains("count", StringComparison.Ordinal) ? Does.Match("^20$") : Does.StartWith("true").And.Contain("failed"));
        Assert.That(
            run.Result.Reasons.Single(),
            Does.Contain("items failed: the output tokens ran out (20,000 of 20,000 are used").And.EndWith("MaxOutputTokens)"));
    }

    [TestCase("answer context | lines | map llm \"Why? {it}\"", 20)]
    [TestCase("answer context | lines | map llm \"Why? {it}\" or fail", 20_000)]
    [TestCase("answer context | llm \"Why?\"", 20)]
    public async Task Paid_TokensRunOutBeforeAnyItemOrWithOrFail_IsAnErrorOfTheLimit(string program, long maxOutputTokens)
    {
        var model = new ScriptedChatClient((call, _) => Task.FromResult(Spent("true", 1_000)));

        var run = await RunAsync(program, Items(40), model, new RlmOptions { MaxOutputTokens = maxOutputTokens, Parallel = 1 });

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.LimitReached, (string?)null)));
        Assert.That(
            run.Result.Diagnostics.Single(), Has.Property("Id").EqualTo("RLM4101").And.Property("Message").Contains("MaxOutputTokens"));
    }

    private static ChatResponse Spent(string text, int outputTokens) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 10, OutputTokenCount = outputTokens },
    };
}
