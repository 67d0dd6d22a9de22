using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Root;

/// <summary>What the root is told and what is left where steps, calls, time, tokens or money run out.</summary>
internal sealed class RootLimitsTests
{
    [Test]
    public async Task Run_MoreCallsThanLeft_IsRefusedWholeAndTold()
    {
        var root = new ScriptedChatClient(Fenced("context | lines | map llm \"Why?\""), Fenced("answer context | lines | count"));
        var sub = new ScriptedChatClient();

        var run = await AskAsync(root, ProgramRun.Items(100), Programs with { MaxCalls = 10 }, sub);

        Assert.That(
            run.Observations[0],
            Does.Contain("RLM4101").And.Contain("would make 100 calls; 10 are left of 10").And.Contain("`pack 13` would need 8;"));
        Assert.That((run.Result.Answer, run.Result.IsPartial, sub.CallCount), Is.EqualTo(("100", false, 0)));
    }

    [Test]
    public async Task Run_MoreCallsThanLeftUntilTheEnd_IsLimitReached()
    {
        var root = new ScriptedChatClient(call => Fenced($"context | lines | map llm \"Why {call.Index}?\""));

        var run = await AskAsync(root, ProgramRun.Items(100), Programs with { MaxCalls = 3, MaxSteps = 4 });

        Assert.That(
            (run.Result.Outcome, run.Result.Usage.Calls, run.Result.Usage.RootCalls, run.Result.Usage.CallsLeft),
            Is.EqualTo((RlmOutcome.LimitReached, 0, 4, 3)));
        Assert.That(run.Result.Reasons.Single(), Is.EqualTo("the steps ran out (4, MaxSteps)"));
    }

    [Test]
    public async Task Run_LastSubCallIsMade_GoesOnWithFreeStages()
    {
        var root = new ScriptedChatClient(
            Fenced("let said = context | lines | map llm \"Why?\"\nsaid"),
            Fenced("said | cuont"),
            Fenced("context | llm \"More?\""),
            Fenced("said | count"),
            Fenced("answer said"));

        var run = await AskAsync(root, "a\nb", Programs with { MaxCalls = 2 }, new ScriptedChatClient(_ => "x"));

        Assert.That(
            (run.Result.Answer, run.Result.IsPartial, run.Result.Usage.Calls, run.Result.Usage.RootCalls),
            Is.EqualTo(("x\nx", false, 2, 5)));
        Assert.That(root.Calls.Select(call => call.LastText), Has.None.Contains("last turn"));
        Assert.That(root.Calls[2].LastText, Does.Contain("turn 3 of 20; 2 of 2 sub-calls used, 0 left; "));
        Assert.That(run.Observations[2], Does.Contain("0 are left of 2").And.Contain("go on with what the variables hold"));
    }

    /// <summary>A root that follows the help of a refusal to the letter is not refused again, whatever it has spent before.</summary>
    [Test]
    public async Task Run_HelpOfARefusal_IsPaidByTheNextTurn(
        [Values(2, 3, 5, 10, 30)] int maxCalls, [Values(1, 3)] int votes, [Values(0, 1)] int used,
        [Values("as one of [\"a\", \"b\"]", "as number", "as text", "")] string type)
    {
        string stage = $"map llm \"Which?\" {type} votes {votes}", help = "";
        var root = new ScriptedChatClient(call =>
        {
            // A large stage comes back with its plan once, to be sent again.
            help = Regex.Match(call.LastText, "help: (.*)") is { Success: true } told ? told.Groups[1].Value : help;
            return Fenced(call.Index < used ? $"context | llm \"Topic {call.Index}?\""
                : call.Index == used ? $"context | lines | {stage}"
                : $"answer context | lines | {(Form(help, "sample") is { } sample ? $"{sample} | " : "")}{stage} {Form(help, "pack")}");
        });
        var sub = new ScriptedChatClient(call => call.LastText.Contains("<rows>", StringComparison.Ordinal)
            ? string.Join('\n', Enumerable.Range(1, call.LastText.Split("\n[").Length - 1)
                .Select(row => $"[{row}] {(type.Contains("number", StringComparison.Ordinal) ? "1" : "a")}"))
            : type.Contains("number", StringComparison.Ordinal) ? "1" : "a");

        var run = await AskAsync(root, ProgramRun.Items(4_000), Programs with { MaxCalls = maxCalls, MaxSteps = used + 3 }, sub);

        Assert.That(run.Observations[used], Does.Contain("RLM4101"));
        Assert.That(run.Result.Usage.Calls, Is.AtMost(maxCalls));
        Assert.That(
            run.Result.Outcome,
            Is.EqualTo(Math.Max(1, (maxCalls - used) * 4 / 5) < votes ? RlmOutcome.LimitReached : RlmOutcome.Answered),
            string.Join('\n', run.Observations));

        static string? Form(string help, string word) =>
            Regex.Match(help, $"`({word} [0-9]+)`") is { Success: true } form ? form.Groups[1].Value : null;
    }

    [Test]
    public async Task Run_ProseInLastTurn_IsAPartialAnswer()
    {
        var root = new ScriptedChatClient(Fenced("context | lines | count"), " It is b. ");

        var run = await AskAsync(root, "a", Programs with { MaxSteps = 2 });

        Assert.That((run.Result.Outcome, run.Result.Answer, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, "It is b.", true)));
    }

    [Test]
    public async Task Run_OneStep_IsToldSo()
    {
        var root = new ScriptedChatClient(Fenced("answer 1"));

        var run = await AskAsync(root, "a", Programs with { MaxSteps = 1 });

        Assert.That(root.Calls[0].LastText, Does.EndWith("There is one turn only. Reply with a program that ends with `answer …`."));
        Assert.That(run.Result.IsPartial, Is.False);
    }

    [Test]
    public async Task Run_TimeIsOver_CancelsTheCallInFlight()
    {
        var clock = new FakeTimeProvider();
        var root = new ScriptedChatClient(async (call, token) =>
        {
            var never = new TaskCompletionSource();
            using var registration = token.Register(() => never.TrySetCanceled(token));
            clock.Advance(TimeSpan.FromSeconds(31));
            await never.Task;
            return ScriptedChatClient.Response("", call);
        });

        var run = await AskAsync(root, "a", Programs with { Timeout = TimeSpan.FromSeconds(30), TimeProvider = clock });

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.LimitReached));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "the time limit of 30 s is over (Timeout)" }));
    }

    [Test]
    public async Task Run_TimeNearlyOver_AsksForTheAnswer()
    {
        var clock = new FakeTimeProvider();
        var root = new ScriptedChatClient(call =>
        {
            clock.Advance(TimeSpan.FromSeconds(13));
            return Fenced(
                call.LastText.Contains("last turn", StringComparison.Ordinal) ? "answer 1" : $"context | lines | count\n# {call.Index}");
        });

        var run = await AskAsync(root, "a", Programs with { Timeout = TimeSpan.FromSeconds(30), TimeProvider = clock });

        Assert.That(
            (run.Result.Answer, run.Result.IsPartial, run.Result.Usage.Steps), Is.EqualTo(("1", true, 2)).Or.EqualTo(("1", true, 3)));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "the time ran out (30 s, Timeout)" }));
    }

    [Test]
    public async Task Run_TokensRunOutInAStage_LeavesALastTurn()
    {
        // A root turn has some 1,700 words, which stand for tokens; a sub-call some 100.
        var root = new ScriptedChatClient(Fenced("context | lines | map llm \"Why? {it}\"\n"), Fenced("answer context | lines | count"));
        var sub = new ScriptedChatClient(_ => string.Concat(Enumerable.Repeat("word ", 500)));

        var run = await AskAsync(root, ProgramRun.Items(40), Programs with { MaxTokens = 16_000, Parallel = 4 }, sub);

        Assert.That((run.Result.Outcome, run.Result.Answer, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, "40", true)));
        Assert.That(
            run.Result.Reasons.Single(),
            Does.Match(@"^the tokens ran out \([\d,]+ of 16,000 are used, and the next call may take [\d,]+, MaxTokens\)$"));
        Assert.That(run.Result.Usage.InputTokens + run.Result.Usage.OutputTokens, Is.InRange(8_000, 16_000));
        Assert.That(run.Result.Usage.Calls, Is.EqualTo(sub.CallCount));
    }

    [Test]
    public async Task Run_TokensRunOutBeforeAMerge_RootSeesThePartsAndAnswersWithThem()
    {
        // A sub-call takes 1,000 tokens out, and as many are kept for the root's last turn.
        var root = new ScriptedChatClient(Fenced("let s = context | lines | reduce llm \"Merge.\"\ns"), Fenced("answer s"));
        var sub = new ScriptedChatClient((call, _) => Task.FromResult(new ChatResponse(
            new ChatMessage(ChatRole.Assistant, $"part {call.Index}"))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 10, OutputTokenCount = 1_000 },
        }))
        { Services = [new ChatClientTraits { WindowTokens = 4_000, MaxOutputTokens = 1_000 }] };
        string context = string.Join(
            '\n', Enumerable.Range(1, 6).Select(number => $"{number} {string.Concat(Enumerable.Repeat("ab ", 690))}"));

        var run = await AskAsync(root, context, Programs with { MaxOutputTokens = 4_060, Parallel = 1 }, sub);

        Assert.That(
            run.Observations[0],
            Does.Contain("part 0").And.Contain("the result is its 3 parts, not merged: the output tokens ran out").And.Not.Contain("RLM"));
        Assert.That(
            (run.Result.Outcome, run.Result.Answer, run.Result.IsPartial, root.CallCount),
            Is.EqualTo((RlmOutcome.Answered, "part 0\n\npart 1\n\npart 2", true, 2)));
    }

    [Test]
    public async Task Run_CostOfTheFirstCallIsOver_MakesNone()
    {
        var root = new ScriptedChatClient(_ => "no program");

        var run = await AskAsync(root, "a", Programs with { Price = new TokenPrice(1_000, 1_000), MaxCostUsd = 0.5m });

        Assert.That((run.Result.Outcome, root.CallCount), Is.EqualTo((RlmOutcome.LimitReached, 0)));
        Assert.That(
            run.Result.Reasons.Single(),
            Does.Contain("the money ran out (0 of 0.5 US dollars are used, and the next call may take ").And.EndWith("MaxCostUsd)"));
    }

    [Test]
    public async Task Run_CostReached_IsLimitReachedAndNotOver()
    {
        var root = new ScriptedChatClient(call => Fenced($"let n{call.Index} = context | lines | count"));

        var run = await AskAsync(root, "a", Programs with { Price = new TokenPrice(1_000, 1_000), MaxCostUsd = 20m });

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.LimitReached));
        Assert.That(root.CallCount, Is.GreaterThan(1));
        Assert.That(run.Result.Usage.CostUsd, Is.InRange(2, 20));
        Assert.That(run.Result.Reasons.Single(), Does.Contain("MaxCostUsd"));
    }
}
