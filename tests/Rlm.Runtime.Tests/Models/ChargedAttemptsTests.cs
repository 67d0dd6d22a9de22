using System.IO.Hashing;
using System.Text;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Tests.Models;

/// <summary>
/// What a server charged, by its own count, is never more than a limit allows: it charges each request that it did not refuse, the whole reply that was allowed
/// where something went wrong with it.
/// </summary>
internal sealed class ChargedAttemptsTests
{
    private const int Rows = 40, ReplyTokens = 200;
    private static readonly TokenPrice Price = new(1, 10);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(7);
    private static readonly string[] Limits = ["none", "tokens", "input", "output", "cost"];

    private readonly record struct Charge(long Input, long Output)
    {
        public static Charge operator +(Charge left, Charge right) => new(left.Input + right.Input, left.Output + right.Output);
    }

    [Test]
    public async Task MapLlm_AnyFaultAndLimit_IsNeverChargedMore(
        [ValueSource(typeof(FaultMatrixTests), nameof(FaultMatrixTests.Names))] string fault, [ValueSource(nameof(Limits))] string limit)
    {
        var clock = new StallClock(Timeout);
        var reply = FaultMatrixTests.Faults[fault] with { Stalled = clock.Elapse };
        bool stalls = reply.Fault is LoopbackFault.Hang or LoopbackFault.StallInHead or LoopbackFault.StallInBody;
        bool isRefusal = reply is { Fault: LoopbackFault.Raw, Status: >= 300 };
        var charged = default(Charge);
        var gate = new Lock();
        await using var server = new LoopbackModelServer(request =>
        {
            bool isBroken = (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{fault} {request.Index}")) & 1) == 0;
            // A text that came is charged as what it has; the rest may have been as long as it was allowed.
            long output = !isBroken ? 7 : fault == "refusal" ? 3 : request.Json.GetProperty("max_tokens").GetInt32();
            var charge = new Charge(PromptTokens(request), output);
            if (!isBroken || !isRefusal)
            {
                lock (gate)
                    charged += charge;
            }

            return isBroken
                ? reply with { InputTokens = (int)charge.Input, OutputTokens = (int)charge.Output }
                : new LoopbackReply { Body = "yes", InputTokens = (int)charge.Input, OutputTokens = 7 };
        });
        using var client = ModelClients.Connect(
            server, ModelProvider.OpenAi, ModelClients.Fast with
            {
                Timeout = Timeout,
                TimeProvider = clock,
                Traits = new ChatClientTraits { MaxOutputTokens = ReplyTokens }
            });
        // One at a time, so that the time that ends is that of the call that stalls.
        var options = new RlmOptions { Parallel = stalls ? 1 : 8, MaxCalls = 1_000, Price = Price };
        options = limit switch
        {
            "tokens" => options with { MaxTokens = 3_500 },
            "input" => options with { MaxInputTokens = 1_500 },
            "output" => options with { MaxOutputTokens = 2_000 },
            "cost" => options with { MaxCostUsd = 0.02m },
            _ => options,
        };

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Good? {it}\" pack 1 or \"failed\"", ProgramRun.Items(Rows), client, options);

        var usage = run.Result.Usage;
        Assert.That(charged.Input, Is.GreaterThan(0));
        Assert.That(charged.Input + charged.Output, Is.LessThanOrEqualTo(options.MaxTokens ?? long.MaxValue));
        Assert.That(charged.Input, Is.LessThanOrEqualTo(options.MaxInputTokens ?? long.MaxValue));
        Assert.That(charged.Output, Is.LessThanOrEqualTo(options.MaxOutputTokens ?? long.MaxValue));
        Assert.That(Price.Of(charged.Input, charged.Output), Is.LessThanOrEqualTo(options.MaxCostUsd ?? decimal.MaxValue));
        Assert.That(
            usage.InputTokens >= charged.Input && usage.OutputTokens >= charged.Output,
            Is.True,
            $"the run counts {usage}, the server {charged}");
    }

    [TestCase("NaN")]
    [TestCase("-Infinity")]
    [TestCase("null")]
    [TestCase("\"eleven\"")]
    [TestCase("-5")]
    [TestCase("1e99")]
    [TestCase("{}")]
    [TestCase("undefined")]
    public async Task MapLlm_TextWithOddUsage_IsUsedAndEstimated(string count)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(
            """{"choices":[{"message":{"content":"say NaN, \"Infinity\""},"finish_reason":"stop"}],"usage":{"prompt_tokens":COUNT,"completion_tokens":COUNT,"total_tokens":COUNT}}"""
                .Replace("COUNT", count, StringComparison.Ordinal)));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var run = await ProgramRun.RunAsync("answer context | llm \"Good?\"", "an item", client, new RlmOptions { MaxTokens = 100_000 });

        Assert.That((run.Answer, server.Requests), Is.EqualTo(("say NaN, \"Infinity\"", 1)));
        Assert.That(
            (run.Result.Usage.InputTokens, run.Result.Usage.OutputTokens),
            Is.EqualTo(
                (PromptTokens(server.Received[0]), (long)(TokenEstimate.OfText("say NaN, \"Infinity\"") * TokenEstimate.FactorOf("test-model")))));
    }

    [Test]
    public async Task Llm_AttemptsWithoutText_AreCountedAsTold([Values("openai", "anthropic")] string provider)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.NullContent(), LoopbackReply.NullContent(), "fine");
        using var client = ModelClients.Connect(server, ModelClients.Provider(provider));

        var run = await ProgramRun.RunAsync("answer context | llm \"Good?\"", "an item", client);

        Assert.That((run.Result.Usage.InputTokens, run.Result.Usage.OutputTokens), Is.EqualTo((33, 21)));
        Assert.That(run.Notes, Is.Empty);
    }

    [Test]
    public async Task MapLlm_UsageFarBelowThePrompt_CountsTheEstimateAndIsNotedOnce()
    {
        await using var server = new LoopbackModelServer(new LoopbackReply { Body = "yes", InputTokens = 1, OutputTokens = 1 });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        string items = string.Join(
            '\n', Enumerable.Range(0, 20).Select(number => $"item {number} {string.Join(' ', Enumerable.Repeat("word", 500))}"));

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Good?\" pack 1", items, client, new RlmOptions { MaxInputTokens = 6_000, Parallel = 4 });

        Assert.That(server.Received.Sum(PromptTokens), Is.LessThanOrEqualTo(6_000));
        Assert.That(run.Result.Usage.InputTokens, Is.InRange(5_000, 6_000));
        Assert.That(
            run.Notes.Where(note => note.Contains("reports less than half", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Llm_RetryThatTheLimitsLeaveTooLittleFor_IsNotMade()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.TruncatedJson());
        using var client = ModelClients.Connect(
            server, ModelProvider.OpenAi, ModelClients.Fast with { Traits = new ChatClientTraits { MaxOutputTokens = ReplyTokens } });

        var run = await ProgramRun.RunAsync("answer context | llm \"Good?\"", "an item", client, new RlmOptions { MaxOutputTokens = 350 });

        Assert.That((server.Requests, run.Result.Usage.OutputTokens), Is.EqualTo((1, ReplyTokens)));
        Assert.That(run.Notes, Has.One.Match("^1 attempt at a call gave no usable reply and may have been charged: "));
    }

    private static long PromptTokens(LoopbackRequest request)
    {
        IEnumerable<string> texts = [request.System, .. request.UserTexts];
        return (long)(texts.Sum(TokenEstimate.OfText) * TokenEstimate.FactorOf("test-model"));
    }
}
