using Rlm.Offline;

namespace Rlm.Runtime.Tests.Models.Offline;

/// <summary>What the offline model answers with certainty, what as a guess, and what not at all.</summary>
internal sealed class OfflineVerdictTests
{
    private const string Sales =
        "product,quantity,price,city,day\nnut,10,1.50,Rome,2026-03-02\nbolt,2,20,Oslo,2026-01-05\nnut,1,1.50,Oslo,2026-02-01\nsaw,1,30,Rome,2026-02-03\ngear,3,5,Bonn,2026-02-04\ngear,1,5,Rome,2026-02-09\n";
    private const string Staff = "name,salary,hired\nAda,300,2025-03-01\nBo,900,2024-03-02\nCy,500,2024-05-01\n";
    private const string Log =
        "2026-03-01 00:00:01 INFO host=a GET /x took=10ms status=200\n2026-03-01 00:00:02 INFO host=a GET /y took=20ms status=200\n2026-03-01 00:00:03 INFO host=b GET /x took=30ms status=200\n2026-03-01 00:00:04 INFO host=b GET /x took=20ms status=500\n";
    private const string Actions =
        "{\"user\":\"ann\",\"action\":\"buy\"}\n{\"user\":\"ben\",\"action\":\"login\"}\n{\"user\":\"ben\",\"action\":\"buy\"}\n{\"user\":\"ann\",\"action\":\"login\"}\n{\"user\":\"ben\",\"action\":\"login\"}\n";
    private const string Mails =
        "===== mail 001 =====\nFrom: Ann <ann@x.example>\nDate: 2026-01-05 08:29\n\nHello.\n\n===== mail 002 =====\nFrom: Ben <ben@x.example>\nDate: 2026-02-05 08:29\n\nHello.\n";
    private const string Odd = "Order Id;Product Name;Net Amount\n1;nut;2.5\n2;bolt;4\n3;nut;3\n";

    [TestCase(Sales, "What are the top 3 products by revenue?", "bolt: 40(\\.0+)?\nsaw: 30(\\.0+)?\ngear: 20(\\.0+)?")]
    [TestCase(Sales, "Which two products have the highest revenue?", "bolt: 40(\\.0+)?\nsaw: 30(\\.0+)?")]
    [TestCase(Sales, "What is the total revenue?", "106\\.50?")]
    [TestCase(Sales, "How many units were sold?", "18")]
    [TestCase(Sales, "Which product sold best?", "nut")]
    [TestCase(Sales, "Which city has the most orders?", "Rome")]
    [TestCase(Sales, "How many orders are from Oslo?", "2")]
    [TestCase(Sales, "What percentage of orders are from Rome?", "50(.0)? %")]
    [TestCase(Sales, "What is the highest price?", "30")]
    [TestCase(Sales, "How many different products are there?", "4")]
    [TestCase(Odd, "What is the total net amount?", "9\\.50?")]
    [TestCase(Odd, "How many orders are there per product name?", ".*nut \\| 2.*")]
    [TestCase("a\nb\nc\n", "How many lines are there?", "3")]
    [TestCase(Staff, "Who has the highest salary?", "Bo")]
    [TestCase(Staff, "Who has the lowest salary?", "Ada")]
    [TestCase(Staff, "What is the highest salary?", "900")]
    [TestCase(Staff, "How many people were hired in March?", "2")]
    [TestCase(Log, "How many lines are there?", "4")]
    [TestCase(Log, "What is the average response time?", "20")]
    [TestCase(Log, "What is the average response time per host?", ".*a \\| 15.*")]
    [TestCase(Actions, "How many events are there?", "5")]
    [TestCase(Actions, "How many events did ben cause?", "3")]
    public async Task AskAsync_CountsSumsAndRanksOverRows_AreCertain(string text, string question, string answer)
    {
        var result = await AskAsync(text, question);
        Assert.That(
            (result.Outcome, result.IsPartial),
            Is.EqualTo((RlmOutcome.Answered, false)),
            $"{string.Join('\n', result.Reasons)}\n{result.Program}\n{result.Answer}");
        Assert.That(result.Answer, Does.Match($"(?s)^{answer}$"), result.Program);
    }

    [TestCase(Sales, "Which products did nobody from Rome buy twice?")]
    [TestCase(Sales, "How many orders are not from Oslo?")]
    [TestCase(Sales, "How many orders were placed before March?")]
    [TestCase(Sales, "How many orders were late?")]
    [TestCase(Actions, "How many purchases did ben make?")]
    [TestCase(Mails, "How many mails are from January?")]
    [TestCase("team,points\nred,3\nblue,5\n", "Who has the most points?")]
    [TestCase("team,points\nred,3\nblue,5\n", "Who has the highest points?")]
    [TestCase(Sales, "What percentage of orders were late?")]
    [TestCase("I want my money back.\nI do not want a refund, thanks.\nThe lamp broke, please refund me.\n", "Who asked for a refund, and why?")]
    public async Task AskAsync_WhatWordsCannotTell_IsAGuessOrNoAnswer(string text, string question)
    {
        var result = await AskAsync(text, question);
        Assert.That(
            result.Outcome == RlmOutcome.NoAnswer || (result.IsPartial && result.Reasons.Contains(OfflineVerdict.Guess)),
            $"{result.Program}\n{result.Answer}");
    }

    [Test]
    public async Task AskAsync_Negation_IsNotReadAsItsOpposite()
    {
        Assert.That((await AskAsync(Sales, "How many orders are not from Oslo?")).Answer, Is.EqualTo("4"));
        var refund = await AskAsync(
            "I do not want a refund, thanks.\nThe lamp broke, please refund me.\n", "Who asked for a refund, and why?");
        Assert.That(refund.Answer, Does.Not.Contain("do not want"));
    }

    [TestCase("the sky is blue\n", "What is the capital of Peru?")]
    public async Task AskAsync_NothingFound_IsNoAnswer(string text, string question)
    {
        var result = await AskAsync(text, question);
        Assert.That(
            (result.Outcome, result.Answer), Is.EqualTo((RlmOutcome.NoAnswer, (string?)null)), $"{result.Program}\n{result.Answer}");
    }

    [TestCase("answer context | lines | map llm \"What is it? {it}\" | first", true)]
    [TestCase("context | lines | extend k = llm \"Which?\" as one of [\"sky\", \"sea\"] | count by k", true)]
    [TestCase("let k = context | lines | map llm \"What? {it}\"\nanswer context | lines | count", false)]
    [TestCase("answer context | lines | count", false)]
    public async Task RunAsync_PaidStagesAskTheOfflineModel_IsAGuess(string program, bool isGuess)
    {
        var run = await ProgramRun.RunAsync(program, "the sky is blue\nthe sea is deep\n", new OfflineChatClient());
        var strict = await ProgramRun.RunAsync(
            program, "the sky is blue\nthe sea is deep\n", new OfflineChatClient(), new RlmOptions { Strict = true });

        Assert.That((run.Result.Outcome, run.Result.IsPartial), Is.EqualTo((run.Answer is null ? RlmOutcome.Completed : RlmOutcome.Answered, isGuess)));
        Assert.That(run.Result.Reasons, isGuess ? Does.Contain(OfflineVerdict.Guess) : Is.Empty);
        Assert.That(strict.Result.Outcome, Is.EqualTo(isGuess ? RlmOutcome.Failed : RlmOutcome.Answered));
    }

    private static Task<RlmResult> AskAsync(string text, string question) =>
        new RlmAgent(new OfflineChatClient()).AskAsync(question, TextSource.FromString(text));
}
