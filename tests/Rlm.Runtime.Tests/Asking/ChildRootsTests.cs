using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Root;
using static Rlm.Runtime.Tests.Asking.ChildScript;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>Stages whose pieces roots of their own work over.</summary>
internal sealed class ChildRootsTests
{
    private const string Count = "answer context | lines | count";

    [TestCase("answer context | rlm \"How many?\"", "4")]
    [TestCase("answer context | chunk 2 lines | map rlm \"How many?\"", "2\n2")]
    [TestCase("answer context | chunk 2 lines | map rlm \"How many?\" as number | sum", "4")]
    [TestCase("answer context | lines | reduce rlm \"How many?\" as number", "4")]
    [TestCase("answer context | lines | extract \"{k} {v}\" | reduce rlm \"How many?\" by k | sort by k | map \"{k}:{text}\" | join \" \"", "a:2 b:1 c:1")]
    [TestCase("answer context | chunk 2 lines | extend n = rlm \"How many?\" as number | sum n", "4")]
    [TestCase("answer context | lines | where rlm \"Yes?\" | count", "1")]
    [TestCase("answer context | rlm \"Which?\" as one of [\"odd\", \"even\"]", "even")]
    [TestCase("answer context | rlm \"Facts?\" as {n: number, first: text} | get first", "a 1")]
    [TestCase("answer context | rlm \"When?\" as date", "2026-03-05")]
    [TestCase("answer context | rlm \"Words?\" as list of text | count", "2")]
    [TestCase("let q = context | rlm \"Quote?\" as quote\nanswer q.cite", "notes.txt:3")]
    [TestCase("answer context | rlm \"Maybe?\" as number?", "none")]
    [TestCase("answer context | lines | first 1 | map rlm \"Say {it}.\"", "Say {item}. of: a 1")]
    public async Task Run_Stage_GivesTheAnswersAsTheyAreTyped(string program, string answer)
    {
        var model = Model(asked => asked.Question!.Split('\n')[0] switch
        {
            "Yes?" => "answer \"{context}\" == \"b 3\"",
            "Which?" => "answer if (context | lines | count) % 2 == 0 then \"even\" else \"odd\"",
            "Facts?" => "answer {n: (context | lines | count), first: (context | lines | first)}",
            "When?" => "answer date(\"2026-03-05\")",
            "Words?" => "answer [\"x, y\", \"z\"]",
            "Quote?" => "answer context | lines | skip 2 | first",
            "Maybe?" => "answer none",
            "Say {item}." => "answer \"Say {{item}. of: {context}\"",
            _ => asked.Text.Contains("\ncontext: list of", StringComparison.Ordinal) ? "answer context | count" : Count,
        });

        var run = await ProgramRun.RunAsync(program, "a 1\na 2\nb 3\nc 4", model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((answer, false)), string.Join('\n', run.Result.Reasons));
    }

    [Test]
    public async Task Run_Child_HasTurnsSubCallsAndVariablesOfItsOwn()
    {
        var model = Model(asked => asked.Turn switch
        {
            1 => "let said = context | lines | map llm \"Say: {it}\"\nsaid",
            _ => "answer said | join \", \"",
        });

        var run = await ProgramRun.RunAsync("let said = 1\nanswer context | chunk 2 lines | map rlm \"What?\"", "a\nb\nc\nd", model, new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("seen a, seen b\nseen c, seen d"));
        // Two turns and two sub-calls of each of two.
        Assert.That((run.Result.Usage.Calls, run.Result.Usage.CallsLeft, run.Result.Usage.Steps, run.Result.Usage.RootCalls), Is.EqualTo((8, 392, 4, 0)));
        Assert.That(run.Events.OfType<StageFinished>().Single(stage => stage.Root is null).Calls, Is.EqualTo(8));
        Assert.That(
            run.Events.OfType<TurnFinished>().Select(turn => (turn.Root, turn.Depth, turn.Step.Root, turn.Step.Number, turn.Step.IsAnswer)),
            Is.EqualTo(new[] { ("1.1", 1, "1.1", 1, false), ("1.1", 1, "1.1", 2, true), ("1.2", 1, "1.2", 1, false), ("1.2", 1, "1.2", 2, true) }));
    }

    [Test]
    public async Task Run_EqualPieces_ShareTheirReplies()
    {
        var model = Model(_ => Count);

        var run = await ProgramRun.RunAsync("answer [\"x\", \"x\", \"x\"] | map rlm \"How many?\"", "", model);

        Assert.That((run.Answer, model.CallCount, run.Result.Usage.Calls), Is.EqualTo(("1\n1\n1", 1, 1)));
    }

    [Test]
    public async Task Ask_Child_IsAskedWithTheQuestionCardAndBudgetOfItsOwn()
    {
        var root = Model(asked => asked.Question == "Which one?" ? "answer context | lines | map rlm \"Which of {count(context | lines)}?\"" : "answer context");

        var run = await RootRun.AskAsync(root, "alpha\nbeta", new RlmOptions { DirectTokens = 0, MaxCalls = 40, Parallel = 1 });

        Assert.That((run.Result.Answer, run.Result.Usage.RootCalls, run.Result.Usage.Calls), Is.EqualTo(("alpha\nbeta", 1, 2)));
        var asked = root.Calls.Select(Read).ToArray();
        Assert.That(asked.Select(call => call.Question), Is.EqualTo(new[] { "Which one?", "Which of 2?", "Which of 2?" }));
        Assert.That(asked[1].Card, Is.EqualTo("alpha"));
        Assert.That(root.Calls[1].LastText, Does.Contain("; 0 of 10 sub-calls used, 10 left, each turn takes one"));
        // The run's own may ask roots, they may not.
        Assert.That(root.Calls.Select(call => call.Messages[0].Text.Contains("\nrlm PROMPT", StringComparison.Ordinal)), Is.EqualTo(new[] { true, false, false }));
    }

    [Test]
    public async Task Run_BelowTheDeepest_IsRefusedWithTheLineThatWorks()
    {
        var model = Model(asked => asked.Turn == 1 ? "answer context | lines | map rlm \"Deeper?\"" : Count);

        var run = await ProgramRun.RunAsync("answer context | rlm \"Deep?\"", "a\nb", model, new RlmOptions { OptionNames = new Dictionary<string, string> { ["MaxDepth"] = "depth" } });

        Assert.That(run.Answer, Is.EqualTo("2"));
        Assert.That(run.Events.OfType<TurnFinished>().First().Step.Observation, Does.Contain(
            "error RLM4005: `rlm` would run a root at depth 2, and 1 is the deepest (depth)\n").And.Contain("= help: ask a model: `map llm \"Deeper?\"`"));
    }

    [Test]
    public async Task Run_NoDepth_IsRefusedBeforeItRuns()
    {
        var run = await ProgramRun.RunAsync("answer context | rlm \"Deep?\"", "a\nb", new ScriptedChatClient(), new RlmOptions { MaxDepth = 0 });

        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "`rlm` would run a root at depth 1, and 0 is the deepest (MaxDepth)" }));
    }

    [Test]
    public async Task Run_RootsBelowRoots_ShareOneBudget()
    {
        var model = Model(asked => asked.Question switch
        {
            "Top" => "answer context | chunk 2 lines | map rlm \"Mid\" | join \"+\"",
            "Mid" => "answer context | lines | map rlm \"Low\" | join \"+\"",
            _ => "answer context | llm \"Say\"",
        });
        var budget = new CallBudget(1_000);

        var run = await ProgramRun.RunAsync(
            "answer context | rlm \"Top\"", "a\nb\nc\nd", model, new RlmOptions { MaxDepth = 3, MaxCalls = 200, Budget = budget, Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("seen a+seen b+seen c+seen d"));
        // A turn of one, two and four roots, and four sub-calls.
        Assert.That((run.Result.Usage.Calls, run.Result.Usage.CallsLeft, budget.Used), Is.EqualTo((11, 189, 11)));
        Assert.That(
            run.Events.OfType<RootFinished>().Select(root => (root.Root, root.Depth, root.Calls)),
            Is.EqualTo(new[]
            {
                ("1.1/1.1/1.1", 3, 2), ("1.1/1.1/1.2", 3, 2), ("1.1/1.1", 2, 5), ("1.1/1.2/1.1", 3, 2), ("1.1/1.2/1.2", 3, 2), ("1.1/1.2", 2, 5), ("1.1", 1, 11),
            }));
    }

    /// <summary>However many calls roots want, they get half of those that are left in equal parts, and the rest is there for what follows.</summary>
    [TestCase(1)]
    [TestCase(4)]
    public async Task Run_GreedyChildren_LeaveHalfOfTheCallsAndTakeFromNoOther(int parallel)
    {
        var model = Model(asked => asked.Question == "Greedy" && asked.Text.Contains("| greedy", StringComparison.Ordinal)
            ? $"context | llm \"Say {asked.Turn}\""
            : "answer context");

        var run = await ProgramRun.RunAsync(
            "let said = context | lines | map rlm \"Greedy\" or \"none\"\nanswer said | reduce llm \"Merge\"", "greedy\nb\nc\nd", model,
            new RlmOptions { MaxCalls = 41, Parallel = parallel });

        // Five each of twenty: the greedy one ends without an answer, and its part is all that it took.
        Assert.That(run.Events.OfType<RootFinished>().OrderBy(root => root.Root).Select(root => (root.Root, root.Calls)), Is.EqualTo(new[] { ("1.1", 5), ("1.2", 1), ("1.3", 1), ("1.4", 1) }));
        Assert.That(run.Result.Usage, Has.Property("Calls").EqualTo(9).And.Property("CallsLeft").EqualTo(32));
        Assert.That(run.Result.Reasons.Single(), Does.StartWith(
            "map rlm \"Greedy\" or \"none\": 1 of 4 items failed: its root gave no answer: the calls ran out (5 calls of MaxCalls for this root)"));
        Assert.That(run.Result.Losses.Single().Kind, Is.EqualTo(RlmLossKind.LimitReached));
    }

    [Test]
    public async Task Run_MorePiecesThanCalls_IsRefusedBeforeTheFirst()
    {
        var run = await ProgramRun.RunAsync("answer context | lines | map rlm \"x\"", "a\nb\nc", new ScriptedChatClient(), new RlmOptions { MaxCalls = 2 });

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.LimitReached));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "`map rlm \"x\"` would ask 3 roots, each of which takes a call at least; 2 are left of 2" }));
    }

    [Test]
    public async Task Run_OneCallEach_IsToldThatItIsTheOnlyTurn()
    {
        var model = Model(_ => Count);

        var run = await ProgramRun.RunAsync("answer context | lines | map rlm \"x\"", "a\nb", model, new RlmOptions { MaxCalls = 3, Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("1\n1"));
        Assert.That(model.Calls[0].LastText, Does.Contain("There is one turn only."));
        Assert.That(run.Result.IsPartial, Is.False);
    }

    [TestCase("", "1\n1", "map rlm \"x\": 1 of 3 items failed: its root gave no answer: the steps ran out (2, MaxSteps)")]
    [TestCase(" or skip", "1\n1", "map rlm \"x\" or skip: 1 of 3 items failed: its root gave no answer: the steps ran out (2, MaxSteps)")]
    [TestCase(" or \"?\"", "1\n1\n?", "map rlm \"x\" or \"?\": 1 of 3 items failed: its root gave no answer: the steps ran out (2, MaxSteps)")]
    [TestCase(" or fail", null, "1 of 3 items failed: its root gave no answer: the steps ran out (2, MaxSteps)")]
    public async Task Run_ChildWithoutAnAnswer_IsAFailedItem(string or, string? answer, string reason)
    {
        var model = Model(asked => asked.Text.Contains("| bad", StringComparison.Ordinal) ? "context | lines" : Count);

        var run = await ProgramRun.RunAsync($"answer context | lines | map rlm \"x\"{or} | join \"\\n\"", "a\nb\nbad", model, new RlmOptions { MaxSteps = 2 });

        Assert.That(run.Answer, Is.EqualTo(answer));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { reason }));
    }

    [Test]
    public async Task Run_FirstChildrenInVain_AsksNoOther()
    {
        var model = Model(_ => "context");

        var run = await ProgramRun.RunAsync("answer context | lines | map rlm \"x\"", "a\nb\nc\nd", model, new RlmOptions { MaxSteps = 1, Parallel = 4 });

        Assert.That(model.CallCount, Is.EqualTo(2));
        Assert.That(run.Result.Reasons.Single(), Does.StartWith("`map rlm \"x\"` stopped after 2 calls, of which none gave a reply that can be used: its root gave no answer"));
    }

    [Test]
    public async Task Run_WrongType_GoesBackToTheChild()
    {
        var model = Model(asked => asked.Turn == 1 ? "answer \"many\"" : Count);

        var run = await ProgramRun.RunAsync("answer context | rlm \"How many?\" as number", "a\nb", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("2", 2)));
    }

    [Test]
    public async Task Run_ChildOnLosses_MakesTheAnswerPartial()
    {
        var model = Model(_ => "answer context | lines | map llm \"Say: {it}\" as number | sum", asked => asked.Text.Contains("bad", StringComparison.Ordinal) ? "?" : "1");

        var run = await ProgramRun.RunAsync("answer context | chunk 2 lines | map rlm \"x\" | join \",\"", "a\nbad\nc\nd", model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("1,2", true)));
        Assert.That(run.Result.Losses.Single().Text, Does.StartWith("map rlm \"x\": 1 of 2 answers is partial: map llm \"Say: {it}\" as number: 1 of 2 items failed"));
    }

    [TestCase("first 2", 3)]
    [TestCase("first 4", 9)]
    public async Task Run_FirstFew_StopsWhenThereAreEnough(string first, int roots)
    {
        var model = Model(_ => "answer true");

        var run = await ProgramRun.RunAsync($"answer context | lines | where rlm \"x\" | {first} | last", ProgramRun.Items(20), model, new RlmOptions { Parallel = 3 });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(($"item {first[^1]}", roots)));
    }

    [Test]
    public async Task Run_ManyChildren_KeepToTheCallsAtATime()
    {
        var model = new ScriptedChatClient(async (call, token) =>
        {
            await Task.Delay(2, token);
            return ScriptedChatClient.Response(Read(call).Question is null ? "said" : RootRun.Fenced("answer context | lines | map llm \"Say: {it}\" | map 1 | sum"), call);
        });

        var run = await ProgramRun.RunAsync(
            "answer context | chunk 4 lines | map rlm \"x\" as number | sum", ProgramRun.Items(32), model, new RlmOptions { Parallel = 3 });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("32", 40)));
        Assert.That(model.MaxConcurrency, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public void Run_Cancelled_EndsTheChildren()
    {
        using var stop = new CancellationTokenSource();
        var model = new ScriptedChatClient(async (call, token) =>
        {
            if (call.Index == 1)
                stop.Cancel();
            await Task.Delay(Timeout.Infinite, token);
            return ScriptedChatClient.Response("", call);
        });

        Assert.That(
            async () => await ProgramRun.RunAsync("answer context | lines | map rlm \"x\"", "a\nb", model, cancellationToken: stop.Token).WaitAsync(TimeSpan.FromSeconds(20)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Run_TokensRunOut_KeepsWhatChildrenAnswered()
    {
        var model = Model(asked => asked.Text.Contains("| long", StringComparison.Ordinal) && asked.Turn < 9 ? $"context | lines | first {asked.Turn}" : Count);

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map rlm \"x\" or \"?\" | join \",\"", "a\nb\nlong", model, new RlmOptions { MaxTokens = 12_000, Parallel = 1 });

        Assert.That(run.Result.IsPartial, Is.True);
        Assert.That(run.Answer, Is.EqualTo("1,1,?"));
        Assert.That(run.Result.Usage.InputTokens + run.Result.Usage.OutputTokens, Is.LessThanOrEqualTo(12_000));
    }

    [TestCase("answer context | lines | map rlm \"x\"", 400, "map rlm \"x\": AtMost 200..200")]
    [TestCase("answer context | lines | map rlm \"x\"", 4, "map rlm \"x\": AtMost 3..3")]
    [TestCase("answer context | lines | map rlm \"x\" | reduce rlm \"y\"", 400, "map rlm \"x\": AtMost 200..200", "reduce rlm \"y\": AtMost 200..200")]
    [TestCase("answer context | rlm \"x\" | lines | map rlm \"y\"", 400, "rlm \"x\": AtMost 200..200", "map rlm \"y\": AtMost 524288..524288")]
    [TestCase("answer [] | map rlm \"x\"", 400, "map rlm \"x\": Exactly 0..0")]
    [TestCase("answer context | rlm \"x\" | llm \"y\"", 400, "rlm \"x\": AtMost 200..200", "llm \"y\": AtMost 1..2")]
    public async Task PlanAsync_Children_TellsWhatTheyShare(string program, int calls, params string[] stages)
    {
        var plan = await ProgramRun.Session("a\nb\nc", new ScriptedChatClient(), new RlmOptions { MaxCalls = calls }).PlanAsync(program);

        Assert.That(plan.Stages.Select(stage => $"{stage.Stage}: {stage.Certainty} {stage.Calls}..{stage.MaxCalls}"), Is.EqualTo(stages));
    }

    /// <summary>What all roots are told is longer than the window is said to be.</summary>
    [Test]
    public async Task PlanAsync_SmallWindow_TellsNoFewerTokensThanAreTaken()
    {
        var model = Model(_ => Count, traits: new ChatClientTraits { WindowTokens = 1_460, MaxOutputTokens = 200 });
        var session = ProgramRun.Session("a\nb\nc", model, new RlmOptions { MaxCalls = 6 });
        const string Program = "answer context | lines | map rlm \"How many?\"";

        var plan = await session.PlanAsync(Program);
        var run = await ProgramRun.RunAsync(session, Program);

        Assert.That((run.Result.Usage.Calls, plan.MaxCalls), Is.EqualTo((3, 3)), string.Join('\n', run.Result.Reasons));
        Assert.That(run.Result.Usage.InputTokens, Is.GreaterThan(3 * 1_460).And.AtMost(plan.Stages.Single().InputTokens));
    }

    [Test]
    public async Task PlanAsync_MoreChildrenThanCalls_IsRefused()
    {
        var plan = await ProgramRun.Session("a\nb\nc", new ScriptedChatClient(), new RlmOptions { MaxCalls = 2 }).PlanAsync("answer context | lines | map rlm \"x\"");

        Assert.That(plan.Refusal, Is.EqualTo("`map rlm \"x\"` would make 3 calls; 2 are left of 2 (MaxCalls)"));
    }

    [Test]
    public async Task Run_Confirmed_AsksOnceWithTheBound()
    {
        var asked = new List<SpendingPlan>();
        var options = new RlmOptions { Confirm = (plan, _) => { asked.Add(plan); return ValueTask.FromResult(true); } };

        var run = await ProgramRun.RunAsync("answer context | lines | map rlm \"x\"", "a\nb", Model(_ => "answer context | llm \"Say\""), options);

        Assert.That(run.Answer, Is.EqualTo("seen a\nseen b"));
        Assert.That(asked.Single().MaxCalls, Is.EqualTo(200));
    }

    [Test]
    public async Task Run_NamedModel_WritesTheProgramsOfItsChildren()
    {
        var big = Model(_ => "answer context | llm \"Say\"");
        var small = Model(_ => throw new InvalidOperationException("It writes no program."));

        var run = await ProgramRun.RunAsync(
            "answer context | rlm \"x\" with model big", "a", small, new RlmOptions { Models = new Dictionary<string, IChatClient> { ["big"] = big } });

        Assert.That((run.Answer, big.CallCount, small.CallCount), Is.EqualTo(("seen a", 1, 1)));
    }
}
