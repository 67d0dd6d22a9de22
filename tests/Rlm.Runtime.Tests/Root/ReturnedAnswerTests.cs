using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Root;

/// <summary>An answer that rests on what was lost goes back to the root once; words without a program are told.</summary>
internal sealed class ReturnedAnswerTests
{
    private const string Lossy = "answer context | parse jsonl | count";
    private const string Json = "{\"a\": 1}\n{\"a\": 2}\nno json\n";

    [TestCase("answer context | parse jsonl | count", Json, "parse jsonl: 1 of 3 lines is not JSON and is left out (line 3)")]
    [TestCase("answer context | parse csv | count", "a,b\n1,2\n\"x\"y,3\n", "1 of 2 rows has text after a closing quote and is left out")]
    [TestCase("answer context | extract \"user: {name} <{mail}>\" | count", "user: Ann <a@b>\nuser: Bob\nother\n", "1 of 3 lines looks like those that matched and did not match; the first: line 2 `user: Bob`")]
    [TestCase("answer context | extract /ms=(?<ms>\\d+)/ | count", "ms=1\nms=x\nother\n", "1 of 3 lines looks like those that matched")]
    [TestCase("answer context | extract \"{name}={ms}\" as {ms: number} | sum ms", "a=1\nb=x\n", "1 of 2 values of `ms` could not be read and is none, as `x`")]
    [TestCase("answer context | lines | sum number(it)", "1\nx\n", null)]
    [TestCase("answer context | lines | sum", "1\nx\n", "sum: 1 of 2 values is not a number and was left out")]
    [TestCase("answer context | extract \"{name}={ms}\" as {ms: number?} | sum ms", "a=1\nb=x\n", null)]
    [TestCase("answer context | extract \"user: {name} <{mail}>\" | count", "user: Ann <a@b>\nother\n", null)]
    [TestCase("answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum", "1\n2\nbad\n", "1 of 3 items failed: ")]
    public async Task Run_AnswerRestsOnLoss_IsReturnedOnceWithReasonAndRemedy(string program, string context, string? loss)
    {
        var root = new ScriptedChatClient(_ => Fenced(program));
        var sub = new ScriptedChatClient(call => call.LastText.Contains("bad", StringComparison.Ordinal) ? "what?" : "5");

        var run = await AskAsync(root, context, sub: sub);

        Assert.That(
            (run.Result.Outcome, run.Result.IsPartial, root.CallCount),
            Is.EqualTo((RlmOutcome.Answered, loss is not null, loss is null ? 1 : 2)),
            string.Join("; ", run.Result.Reasons));
        if (loss is null)
            return;

        Assert.That(run.Result.Reasons.Single(), Does.Contain(loss));
        Assert.That(run.Result.Losses.Single().Text, Is.EqualTo(run.Result.Reasons.Single()));
        Assert.That(run.Observations[0], Does.StartWith("<returned>\n").And.Contain(loss).And.Contain(" -> ").And.Contain("returned once"));
    }

    [Test]
    public async Task Run_RootMends_TheMendedAnswerIsWhole()
    {
        var root = new ScriptedChatClient(
            Fenced(Lossy), Fenced("answer context | lines | where it starts with \"{\" | join \"\\n\" | parse jsonl | count"));

        var run = await AskAsync(root, Json);

        Assert.That((run.Result.Answer, run.Result.IsPartial, run.Result.Losses.Count), Is.EqualTo(("2", false, 0)));
    }

    [Test]
    public async Task Run_LossInTheLastTurn_Stands()
    {
        var run = await AskAsync(new ScriptedChatClient(Fenced(Lossy)), Json, Programs with { MaxSteps = 1 });

        Assert.That((run.Result.Answer, run.Result.IsPartial), Is.EqualTo(("2", true)));
    }

    [Test]
    public async Task Run_ReturnedAndThenNothing_TheReturnedAnswerStands()
    {
        var root = new ScriptedChatClient(
            call => call.Index == 0 ? Fenced(Lossy) : throw new ModelException(ModelFailure.ServerError, "it broke"));

        var run = await AskAsync(root, Json);

        Assert.That((run.Result.Outcome, run.Result.Answer, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, "2", true)));
        Assert.That(run.Result.Reasons[0], Is.EqualTo("it broke"));
    }

    [Test]
    public async Task Run_StageWithoutUsableReplies_ComesBackAsAnError()
    {
        var root = new ScriptedChatClient(
            Fenced("answer context | lines | where llm \"Is it an error?\" | count"), Fenced("answer \"unknown\""));

        var run = await AskAsync(root, "a\nb\nc\nd", sub: new ScriptedChatClient(_ => "what?"));

        Assert.That(run.Result.Answer, Is.EqualTo("unknown"));
        Assert.That(run.Observations[0], Does.Contain("RLM5004").And.Contain("what?"));
    }

    [Test]
    public async Task Run_Replayed_HoldsTheSame()
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        try
        {
            RootRun first, replayed;
            using (var journal = RlmJournal.Create(path))
                first = await AskAsync(new ScriptedChatClient(_ => Fenced(Lossy)), Json, Programs with { Journal = journal });
            using (var journal = RlmJournal.Replay(path))
                replayed = await AskAsync(new ScriptedChatClient(), Json, Programs with { Journal = journal });

            Assert.That((replayed.Result.Answer, replayed.Observations), Is.EqualTo((first.Result.Answer, first.Observations)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Run_ThreeRepliesWithoutAProgram_EndsAndShowsTheWords()
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        try
        {
            var root = new ScriptedChatClient(call => $"I think that it is b, as I said {call.Index} times.");
            RootRun run;
            using (var journal = RlmJournal.Create(path))
                run = await AskAsync(root, "a", Programs with { Journal = journal });

            Assert.That((run.Result.Outcome, run.Result.Answer, root.CallCount), Is.EqualTo((RlmOutcome.NoAnswer, (string?)null, 3)));
            Assert.That(
                run.Result.Reasons.Single(),
                Is.EqualTo("3 replies in a row held no program; the last says: <reply>I think that it is b, as I said 2 times.</reply>"));
            Assert.That(run.Events.OfType<TurnFinished>().Select(turn => turn.Step.Words), Has.All.StartWith("I think"));
            Assert.That(JournalAccount.Read(path).Runs.Single().Words, Has.Count.EqualTo(3));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Run_AProgramBetweenWords_GoesOn()
    {
        var root = new ScriptedChatClient("one", "two", Fenced("context | lines | count"), "three", "four", Fenced("answer 1"));

        Assert.That((await AskAsync(root, "a")).Result.Answer, Is.EqualTo("1"));
    }
}
