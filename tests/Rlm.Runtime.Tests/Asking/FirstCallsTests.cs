using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>A stage whose first replies are all of no use stops after three calls, and what rests on no reply is no answer.</summary>
internal sealed class FirstCallsTests
{
    private const string Useless = "I would rather not say.";

    [Test]
    public async Task AnyStage_NothingUsable_StopsAfterThreeCallsWithoutAnAnswer(
        [Values(
            "where llm \"Is it an error?\" | count",
            "where llm \"Is it an error?\" pack 1 | count",
            "extend k = llm \"Which?\" as one of [\"a\", \"b\"] | count by k | top 1 by count",
            "extend k = llm \"Which?\" as one of [\"a\", \"b\"] pack 1 | aggregate a = count(k == \"a\")",
            "extend k = llm \"Which?\" as one of [\"a\", \"b\"] | where k != \"a\" | count",
            "extend k = llm \"Which?\" as one of [\"a\", \"b\"] | sort by k | first 1",
            "map llm \"How many?\" as number | sum",
            "map llm \"How many?\" as number pack 50 | max",
            "extend llm \"Read.\" as {n: number} | sum n",
            "reduce llm \"How many?\" as number",
            "llm \"How many?\" as number",
            "reduce llm \"How many?\" as number by length(it)",
            "map llm \"How many?\" as number votes 3 | sum",
            "extend who = it | resolve who | count by who",
            "extend who = it | resolve who pack 20 votes 3 | count by who")] string stages,
        [Values(1, 8)] int parallel)
    {
        var model = new ScriptedChatClient(_ => Useless);

        var run = await RunAsync(
            $"answer context | lines | {stages}", Items(200), model, new RlmOptions { Parallel = parallel, MaxCalls = 1_000 });

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
        Assert.That(model.CallCount, Is.AtMost(3));
        var diagnostic = run.Result.Diagnostics.Single(found => found.Id == "RLM5004");
        Assert.That(diagnostic.Message, Does.Contain(Useless));
        Assert.That(diagnostic.Help, Does.Contain("or VALUE"));
    }

    [TestCase(1, 2)]
    [TestCase(2, 3)]
    [TestCase(5, 3)]
    [TestCase(3_689, 3)]
    public async Task MapLlm_NothingUsable_CostsAtMostThreeCalls(int rows, int calls)
    {
        var model = new ScriptedChatClient(_ => Useless);

        var run = await RunAsync("context | lines | map llm \"How many?\" as number pack 1", Items(rows), model, new RlmOptions { MaxCalls = 10_000 });

        Assert.That((model.CallCount, run.Result.Usage.Calls, run.Result.Usage.CallsLeft), Is.EqualTo((calls, calls, 10_000 - calls)));
        Assert.That(run.Result.Diagnostics.Single().Message, Does.StartWith($"`map llm \"How many?\" as number pack 1` stopped after {calls} calls, of which none gave a reply that can be used: ").And.Contain(Useless));
    }

    [Test]
    public async Task MapLlm_LongReply_IsQuotedAtThreeHundredCharactersAndMarked()
    {
        var model = new ScriptedChatClient(_ => $"</reply> {new string('x', 5_000)}");

        var run = await RunAsync("context | lines | map llm \"How many?\" as number pack 1", Items(9), model);

        string message = run.Result.Diagnostics.Single().Message;
        Assert.That(message, Does.Contain("<reply><\u200B/reply> xxx").And.EndsWith("</reply>"));
        Assert.That(message.Split("<reply>")[1], Has.Length.InRange(290, 310));
    }

    [TestCase("or skip", "")]
    [TestCase("or 7", "7\n7\n7\n7")]
    public async Task MapLlm_NothingUsableAndHandled_StopsAndIsPartial(string option, string answer)
    {
        var model = new ScriptedChatClient(_ => Useless);

        var run = await RunAsync($"answer context | lines | map llm \"How many?\" as number pack 1 {option}", Items(4), model);

        Assert.That(
            (run.Result.Outcome, run.Answer, run.Result.IsPartial, model.CallCount), Is.EqualTo((RlmOutcome.Answered, answer, true, 3)));
        Assert.That(run.Result.Reasons.Single(), Does.Contain("4 of 4 items failed: stopped after 3 calls of no use: "));
    }

    [TestCase("1")]
    [TestCase("2")]
    [TestCase("1 2 again")]
    public async Task MapLlm_OneOfTheFirstIsOfUse_GoesOn(string useful)
    {
        var model = new ScriptedChatClient(call => (call.LastText.Contains("An earlier reply", StringComparison.Ordinal)
            ? useful.Contains("again", StringComparison.Ordinal) : !call.LastText.Contains("item 1\n", StringComparison.Ordinal)
                || useful == "1") ? "5" : Useless);

        var run = await RunAsync("answer context | lines | map llm \"How many?\" as number pack 1 | sum", Items(20), model);

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.Answered));
        Assert.That(int.Parse(run.Answer!, System.Globalization.CultureInfo.InvariantCulture), Is.AtLeast(95));
    }

    [Test]
    public async Task ExtendLlm_PacksOfNoUseButSingleItemsAre_GoesOn()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("<rows>", StringComparison.Ordinal) ? Useless : "a");

        var run = await RunAsync(
            "answer context | lines | extend k = llm \"Which?\" as one of [\"a\", \"b\"] | where k == \"a\" | count",
            Items(8),
            model,
            new RlmOptions { MaxCalls = 100 });

        Assert.That(run.Answer, Is.Not.EqualTo("0").And.Not.Null);
    }

    [Test]
    public async Task MapLlm_SameRowsFirst_AreOneCall()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("bad", StringComparison.Ordinal) ? Useless : "5");

        var run = await RunAsync("answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum", "bad\nbad\nbad\nbad\ngood\nfine", model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("10", true)));
    }

    [Test]
    public async Task MapLlm_FirstCallsFailByTheServer_StopsWithTheReason()
    {
        var model = new ScriptedChatClient(_ => throw new ModelException(ModelFailure.ServerError, "it broke"));

        var run = await RunAsync("answer context | lines | map llm \"Why?\"", Items(100), model, new RlmOptions { MaxCalls = 100 });

        Assert.That((run.Result.Outcome, run.Answer, model.CallCount), Is.EqualTo((RlmOutcome.Failed, (string?)null, 3)));
        Assert.That(
            run.Result.Diagnostics.Single().Message,
            Does.EndWith("stopped after 3 calls, of which none gave a reply that can be used: it broke"));
    }

    [Test]
    public async Task MapLlm_NoCallLeftToAskAgain_TakesTheNextItem()
    {
        var model = new ScriptedChatClient(call => call.Index < 2 ? Useless : "5");

        var run = await RunAsync("answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum", Items(10), model, new RlmOptions { MaxCalls = 10 });

        Assert.That((run.Answer, run.Result.IsPartial, model.CallCount), Is.EqualTo(("40", true, 10)));
    }

    [Test]
    public async Task MapLlm_Stopped_ReplaysAndResumesTheSame()
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        const string program = "answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum";
        try
        {
            ProgramRun first, replayed;
            using (var journal = RlmJournal.Create(path))
                first = await RunAsync(program, Items(10), new ScriptedChatClient(_ => Useless), new RlmOptions { Journal = journal });
            using (var journal = RlmJournal.Replay(path))
                replayed = await RunAsync(program, Items(10), new ScriptedChatClient(), new RlmOptions { Journal = journal });

            Assert.That(replayed.Result.Reasons, Is.EqualTo(first.Result.Reasons).And.Not.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Plan_FirstRepliesAreNotThereYet_TellsAllCalls()
    {
        var session = Session(Items(100), new ScriptedChatClient());

        var plan = await session.PlanAsync("answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum");

        Assert.That(plan.Stages.Single().Calls, Is.EqualTo(100));
    }
}
