using System.Text.Json;

namespace Rlm.Cli.Tests.Repl;

/// <summary>Questions one after another, read from stdin without a terminal.</summary>
internal sealed class ChatCommandTests
{
    [Test]
    public async Task RunAsync_Lines_AreQuestionsThatKnowTheEarlierOnes()
    {
        var asked = new List<string>();
        await using var server = new LoopbackModelServer(request =>
        {
            asked.Add(request.LastUserText);
            return asked.Count == 1 ? "Ada" : "in 1815";
        });
        var run = await RunAsync(server, "Who is it?\n\nWhen was she born?\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "Ada\nin 1815\n")), run.Error);
        Assert.That(asked[0], Does.Not.Contain("Who is it?\n   ->"));
        Assert.That(asked[1], Does.Contain("1. Who is it?\n   -> Ada").And.Contain("When was she born?"));
    }

    [Test]
    public async Task RunAsync_Variables_AreKeptOverQuestions()
    {
        int turn = 0;
        await using var server = new LoopbackModelServer(_ =>
            ++turn == 1 ? "```rlm\nlet kept = lines | count\nanswer kept\n```" : "```rlm\nanswer kept * 7\n```");
        var run = await RunAsync(server, "How many lines are there?\nHow many are seven times as many?\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "3\n21\n")), run.Error);
    }

    [Test]
    public async Task RunAsync_Calls_AreBoundedOverAllQuestions()
    {
        int turns = 0;
        await using var server = new LoopbackModelServer(request => request.LastUserText.Contains("<data>", StringComparison.Ordinal)
            ? "yes"
            : $"```rlm\nanswer lines | map llm \"Is it {(++turns == 1 ? "good" : "bad")}? {{it}}\"\n```");
        var run = await RunAsync(server, "How many are good?\nHow many are bad?\n:budget\n", "--max-calls", "3", "--max-steps", "2");

        Assert.That(run.Output, Is.EqualTo("yes\nyes\nyes\n"), run.Error);
        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain("3 sub-calls (0 left)"));
    }

    [Test]
    public async Task RunAsync_Failure_LeavesTheOtherQuestions()
    {
        await using var server = new LoopbackModelServer(request =>
            request.LastUserText.Contains("Why", StringComparison.Ordinal) ? LoopbackReply.Error(400, "no") : "Ada");
        var run = await RunAsync(server, "Why is it?\nWho is it?\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "Ada\n")), run.Error);
    }

    [Test]
    public async Task RunAsync_Json_IsAnObjectALine()
    {
        await using var server = new LoopbackModelServer("Ada");
        var run = await RunAsync(server, "Who is it?\n:help\n:budget\nWho else?\n", "--json");

        var lines = run.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.Select(line => line.GetProperty("question").GetString()), Is.EqualTo(new[] { "Who is it?", "Who else?" }));
        Assert.That(lines.Select(line => line.GetProperty("answer").GetString()), Is.All.EqualTo("Ada"));
    }

    [Test]
    public async Task RunAsync_ResumedJournal_TakesTheRepliesOfTheSameQuestions()
    {
        await using var server = new LoopbackModelServer(request => request.LastUserText.Contains("else", StringComparison.Ordinal) ? "Bob" : "Ada");
        string journal = Path.Combine(TestFiles.NewDirectory(), "talk.jsonl"), context = TestFiles.NewFile("a\nb\nc\n");
        var first = await RunOverAsync(context, server, "Who is it?\n", "--journal", journal);
        var again = await RunOverAsync(context, server, "Who is it?\nWho else?\n", "--journal", journal, "--resume");
        var account = await CliRun.RunAsync("journal", journal);
        var replay = await CliRun.RunAsync("replay", journal);

        Assert.That((first.Output, again.Output, server.Requests), Is.EqualTo(("Ada\n", "Ada\nBob\n", 2)), first.Error + again.Error);
        Assert.That(account.Output, Does.Contain("run 3: chat").And.Contain("question: Who else?"));
        Assert.That((replay.Code, replay.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(replay.Error, Does.Contain("is of `rlm chat`"));
    }

    [Test]
    public async Task RunAsync_Strict_RefusesAGuessAndGoesOn()
    {
        var run = await new CliSetup { Input = "What colour is it?\nHow many lines are there?\n" }.RunAsync(
            ["chat", "-c", TestFiles.NewFile("the colour is red\nit is late\n"), "-m", "offline", "-q", "--strict"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "2\n")), run.Error);
        Assert.That(run.Error, Does.Contain("a guess"));
    }

    [TestCase(new[] { "chat", "Who?" }, "`rlm ask` answers one")]
    [TestCase(new[] { "chat", "-c", "-" }, "--context - takes stdin, which the questions are read from: name a file")]
    [TestCase(new[] { "chat", "--confirm" }, "--confirm needs a terminal")]
    [TestCase(new[] { "chat", "--dry-run" }, "--dry-run")]
    public async Task RunAsync_WrongUsage_IsTold(string[] words, string message)
    {
        var run = await new CliSetup { Input = "Who?\n" }.RunAsync(words);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.WrongUsage, "")));
        Assert.That(run.Error, Does.Contain(message));
    }

    private static Task<CliRun> RunAsync(LoopbackModelServer server, string input, params string[] options) =>
        RunOverAsync(TestFiles.NewFile("a\nb\nc\n"), server, input, options);

    private static Task<CliRun> RunOverAsync(string context, LoopbackModelServer server, string input, params string[] options) =>
        new CliSetup { Input = input }.RunAsync(
            ["chat", "-c", context, "-q", "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), .. options]);
}
