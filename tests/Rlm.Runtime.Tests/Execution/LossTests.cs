using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>What was lost is in the result, by kind and with what to write, and is no answer where that was asked for.</summary>
internal sealed class LossTests
{
    [TestCase("answer context | lines | map llm \"How many? {it}\" as number pack 1 | sum", "1\nbad\n2", RlmLossKind.FailedItems)]
    [TestCase("let rows = context | parse jsonl\nanswer rows | count", "{}\nbad\n", RlmLossKind.RowsLeftOut)]
    [TestCase("let rows = context | parse jsonl\nlet n = rows | count\nanswer \"{n} rows\"", "{}\nbad\n", RlmLossKind.RowsLeftOut)]
    [TestCase("context | parse jsonl | count", "{}\nbad\n", RlmLossKind.RowsLeftOut)]
    [TestCase("answer context | extract \"user: {name}, {age}\" | count", "user: Ann, 7\nuser: bad\n", RlmLossKind.LinesUnmatched)]
    [TestCase("answer context | extract \"{name}={ms}\" as {ms: number} | count ", "a=1\nb=x\n", null)]
    [TestCase("answer context | extract \"{name}={ms}\" as {ms: number} | average ms", "a=1\nb=x\n", RlmLossKind.ValuesUnread)]
    [TestCase("answer context | lines | average", "1\nbad\n", RlmLossKind.ValuesUnread)]
    [TestCase("let rows = context | parse jsonl\nanswer context | lines | count", "{}\nbad\n", null)]
    public async Task Run_SomethingIsLost_IsInTheResultAndStrictHasNoAnswer(string program, string context, RlmLossKind? kind)
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("bad", StringComparison.Ordinal) ? "what?" : "5");

        var run = await RunAsync(program, context, model);
        var strict = await RunAsync(program, context, model, new RlmOptions { Strict = true });

        Assert.That((run.Result.Outcome, run.Result.IsPartial), Is.EqualTo((run.Answer is null ? RlmOutcome.Completed : RlmOutcome.Answered, kind is not null)));
        Assert.That(run.Result.Losses.Select(loss => (RlmLossKind?)loss.Kind), Is.EqualTo(kind is null ? [] : new[] { kind }));
        Assert.That(run.Result.Losses.Select(loss => loss.Remedy), Has.All.Not.Null);
        Assert.That(
            run.Result.Losses.Select(loss => (loss.Count, loss.Of - 1 > 2 || loss.Of < 2)),
            Has.All.EqualTo(((long?)1, false)),
            "one of two or three");
        Assert.That(run.Result.Notes, Is.Unique);
        Assert.That(strict.Result.Outcome, Is.EqualTo(kind is null ? RlmOutcome.Answered : RlmOutcome.Failed));
        Assert.That(strict.Answer, Is.EqualTo(kind is null ? run.Answer : null));
        Assert.That(strict.Result.Reasons, Is.EqualTo(run.Result.Reasons));
    }

    [Test]
    public async Task Extract_MatchesNothing_IsAnErrorWithTheFirstLine()
    {
        var run = await RunAsync("answer context | extract \"user: {name}\" | count", "\nname: Ann\nname: Bob\n", new ScriptedChatClient());

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.ProgramErrors, (string?)null)));
        Assert.That(
            run.Result.Diagnostics.Single().Message, Is.EqualTo("`extract` matched none of 2 lines; the first is line 2 `name: Ann`"));
    }

    [Test]
    public async Task Extract_OfNoLines_IsEmpty()
    {
        var run = await RunAsync("answer context | grep /zzz/ | extract \"user: {name}\" | count", "name: Ann\n", new ScriptedChatClient());

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("0", false)));
    }
}
