using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class ReplayCommandTests
{
    private const string Secret = "hunter2-secret";

    private string _journal = "";

    [SetUp]
    public void NamePath() => _journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");

    [Test]
    public async Task RunAsync_FailedItems_AreTheSameWithoutAnEndpoint([Values] bool json)
    {
        string context = TestFiles.NewFile("a\nb\nc");
        CliRun first;
        await using (var server = new LoopbackModelServer(request => request.LastUserText.Contains("\nb\n", StringComparison.Ordinal)
            ? LoopbackReply.Error(400, "{\"error\":{\"message\":\"no\"}}")
            : "fine"))
            first = await new CliSetup().RunAsync(["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", context,
                .. Command(server), .. json ? (string[])["--json"] : []]);

        var replayed = await CliRun.RunAsync("replay", _journal);

        Assert.That(first.Output, Does.Contain("fine").And.Contain(json ? "400" : "[failed]"));
        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((first.Code, first.Output)));
    }

    [Test]
    public async Task RunAsync_ChargedFailures_CountAsOftenAsTheyWereCharged()
    {
        CliRun first;
        await using (var server = new LoopbackModelServer(_ => LoopbackReply.NullContent() with { FinishReason = "length" }))
            first = await CliRun.RunAsync(["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", TestFiles.NewFile("a\nb"),
                "--json", .. Command(server)]);

        var replayed = await CliRun.RunAsync("replay", _journal);
        var account = await CliRun.RunAsync("journal", _journal);

        Assert.That(
            JsonDocument.Parse(first.Output).RootElement.GetProperty("usage").GetProperty("inputTokens").GetInt64(), Is.EqualTo(22));
        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((first.Code, first.Output)));
        Assert.That(account.Output, Does.Contain("2 failed calls").And.Contain("22 tokens in and 14 out"));
    }

    [Test]
    public async Task RunAsync_RootLoop_IsTheSame()
    {
        CliRun first;
        await using (var server = new LoopbackModelServer(
            "```rlm\ncontext | lines | count\n```", "```rlm\nanswer context | lines | count\n```"))
            first = await CliRun.RunAsync(["ask", "How many lines?", "-c", TestFiles.NewFile("a\nb"), .. Command(server)]);

        var replayed = await CliRun.RunAsync("replay", _journal);

        Assert.That(first.Output, Is.EqualTo("2\n"), first.Error);
        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((0, "2\n")));
    }

    [Test]
    public async Task RunAsync_StdinIsMissing_AsksForIt()
    {
        await using (var server = new LoopbackModelServer("fine"))
            await new CliSetup { Input = "a" }.RunAsync(["run", "-e", "answer context | llm \"?\"", .. Command(server)]);

        var replayed = await CliRun.RunAsync("replay", _journal);
        var given = await new CliSetup { Input = "a" }.RunAsync(["replay", _journal]);

        Assert.That(
            (replayed.Code, replayed.Error),
            Is.EqualTo(
                (ExitCodes.Failed, $"rlm: the run read its text from stdin, which its journal does not hold: give the same text again, rlm replay {_journal} < FILE\n")));
        Assert.That((given.Code, given.Output), Is.EqualTo((0, "fine\n")));
    }

    [Test]
    public async Task RunAsync_ChangedContext_SaysSo()
    {
        string context = TestFiles.NewFile("a\nb");
        await using (var server = new LoopbackModelServer("fine"))
        {
            string[] command = ["run", "-e", "answer context | llm \"?\"", "-c", context, .. Command(server)];
            await CliRun.RunAsync(command);
            await File.WriteAllTextAsync(context, "a\nc");

            Assert.That(
                (await CliRun.RunAsync([.. command, "--resume"])).Error, Does.Contain("`context` is not what it was when the journal"));
        }

        var replayed = await CliRun.RunAsync("replay", _journal);
        File.Delete(context);
        var gone = await CliRun.RunAsync("replay", _journal);

        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(replayed.Error, Does.Contain("`context` is not what it was when the journal"));
        Assert.That(gone.Error, Does.Contain("does not exist"));
    }

    [TestCase("--max-output-tokens", "200", 0, 2)]
    [TestCase("--max-cost", "0.0002", 0, 2)]
    [TestCase("--max-output-tokens", "3", ExitCodes.LimitReached, 0)]
    public async Task RunAsync_TokensOrMoneyRanOut_IsTheSameAndAResumedRunPaysForTheRest(
        string option, string limit, int code, int answered)
    {
        await using var server = new LoopbackModelServer(_ => LoopbackReply.Text("fine") with { OutputTokens = 100 });
        string context = TestFiles.NewFile("a\nb\nc\nd\ne");
        string[] command = ["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", context, "--price", "0/1",
            .. Command(server)];

        var first = await CliRun.RunAsync([.. command, option, limit, "--parallel", "1"]);
        int paid = server.Requests;
        var replayed = await CliRun.RunAsync("replay", _journal);
        Assert.That(
            (replayed.Code, replayed.Output, replayed.Error, server.Requests), Is.EqualTo((first.Code, first.Output, first.Error, paid)));
        var resumed = await CliRun.RunAsync([.. command, option, "1000", "--resume", "--json"]);

        Assert.That((first.Code, first.Output.Split("fine").Length - 1), Is.EqualTo((code, answered)), first.Error);
        Assert.That(first.Error, Does.Contain(option));
        var json = JsonDocument.Parse(resumed.Output).RootElement;
        Assert.That(
            (resumed.Code, json.GetProperty("partial").GetBoolean(), json.GetProperty("answer").GetString()),
            Is.EqualTo((0, false, "fine\nfine\nfine\nfine\nfine")));
        Assert.That(
            (server.Requests, json.GetProperty("usage").GetProperty("calls").GetInt32()), Is.EqualTo((paid + 5 - answered, 5 - answered)));
    }

    [Test]
    public async Task RunAsync_TokensRanOutBeforeTheLastMerge_IsTheSamePartsAndAResumedRunPaysForTheMerge()
    {
        await using var server = new LoopbackModelServer(
            request => LoopbackReply.Text(request.LastUserText.Contains("Merge them", StringComparison.Ordinal)
                ? "merged"
                : $"part {request.LastUserText.Split("[1] ")[1].Split(' ')[1]}") with
            { OutputTokens = 1_000 });
        string context = TestFiles.NewFile(
            string.Join('\n', Enumerable.Range(0, 9).Select(number => $"{number} {string.Concat(Enumerable.Repeat("ab ", 28_000))}")));
        string[] Run(string program) => ["run", "-e", program, "-c", context, "--parallel", "1", .. Command(server)];
        string[] command = Run("answer context | lines | reduce llm \"Merge.\"");

        var first = await CliRun.RunAsync([.. command, "--max-output-tokens", "3000"]);
        var replayed = await CliRun.RunAsync("replay", _journal);
        var again = await CliRun.RunAsync([.. command, "--max-output-tokens", "30", "--resume"]);
        int paid = server.Requests;
        var typed = await CliRun.RunAsync(
            [.. Run("answer context | lines | reduce llm \"Merge.\" as list of text"), "--max-output-tokens", "30", "--resume"]);
        var resumed = await CliRun.RunAsync([.. command, "--max-output-tokens", "3000", "--resume"]);

        Assert.That((first.Code, first.Output, paid), Is.EqualTo((0, "part 0\n\npart 3\n\npart 6\n", 3)), first.Error);
        Assert.That(first.Error, Does.Contain(
            "partial: reduce llm \"Merge.\": the result is its 3 parts, not merged: the output tokens ran out (3,000 of 3,000 are used"));
        Assert.That((replayed.Code, replayed.Output, replayed.Error), Is.EqualTo((first.Code, first.Output, first.Error)));
        Assert.That((again.Code, again.Output), Is.EqualTo((first.Code, first.Output)), again.Error);
        Assert.That((typed.Code, typed.Output), Is.EqualTo((ExitCodes.LimitReached, "")));
        Assert.That(typed.Error, Does.Contain("its 3 parts are in the journal, which a resumed run goes on from"));
        Assert.That((resumed.Code, resumed.Output, server.Requests), Is.EqualTo((0, "merged\n", 4)), resumed.Error);
    }

    [Test]
    public async Task RunAsync_ReplyCutShortByTheLimit_IsTheSameAndAskedForAgain()
    {
        await using var server = new LoopbackModelServer(request => LoopbackReply.Text("fine") with
        {
            OutputTokens = 100,
            FinishReason = request.Body.Contains("4096", StringComparison.Ordinal) ? "stop" : "length"
        });
        string[] command = ["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", TestFiles.NewFile("a\nb\nc"),
            .. Command(server)];

        var first = await CliRun.RunAsync([.. command, "--max-output-tokens", "4200", "--parallel", "1"]);
        int paid = server.Requests;
        var replayed = await CliRun.RunAsync("replay", _journal);
        var resumed = await CliRun.RunAsync([.. command, "--resume"]);

        Assert.That(
            (first.Code, replayed.Code, replayed.Output, resumed.Output),
            Is.EqualTo((0, 0, first.Output, "fine\nfine\nfine\n")),
            first.Error);
        Assert.That(first.Error, Does.Contain("failed"));
        Assert.That((paid, server.Requests), Is.EqualTo((3, 4)));
    }

    [Test]
    public async Task Resume_WholeRun_IsFreeWithNoCallLeft()
    {
        await using var server = new LoopbackModelServer("fine");
        string[] command = ["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", TestFiles.NewFile("a\nb\nc"),
            .. Command(server)];
        var first = await CliRun.RunAsync(command);

        var resumed = await CliRun.RunAsync([.. command, "--resume", "--max-calls", "1", "--json"]);

        Assert.That(server.Requests, Is.EqualTo(3));
        var json = JsonDocument.Parse(resumed.Output).RootElement;
        Assert.That(json.GetProperty("answer").GetString() + "\n", Is.EqualTo(first.Output));
        Assert.That(json.GetProperty("usage").GetProperty("calls").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Journal_SecretsAnywhere_AreNotInIt()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(401, $"{{\"error\":{{\"message\":\"bad key {Secret}\"}}}}"));
        string url = $"http://user:{Secret}@127.0.0.1:{server.Port}/v1?key={Secret}";
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Secret } };

        await setup.RunAsync(["ask", "Why?", "-c", TestFiles.NewFile("the context"), "--base-url", url, "-m", "x", "--journal", _journal]);

        Assert.That(
            await File.ReadAllTextAsync(_journal),
            Does.Contain("\"event\":\"failed\"").And.Not.Contain(Secret).And.Not.Contain("the context"));
    }

    [Test]
    public async Task Journal_Account_CountsWhatTheServerSaw([Values] bool json)
    {
        await using (var server = new LoopbackModelServer(request => request.Index == 0 ? LoopbackReply.Error(503) : "fine"))
            await CliRun.RunAsync(
                ["run", "-e", "answer context | lines | map llm \"? {it}\"", "-c", TestFiles.NewFile("a\nb"), .. Command(server)]);

        var run = await CliRun.RunAsync(["journal", _journal, .. json ? (string[])["--json"] : []]);

        Assert.That(run.Code, Is.Zero, run.Error);
        if (json)
        {
            var account = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0];
            Assert.That((account.GetProperty("calls").GetInt32(), account.GetProperty("retries")
                .GetInt32(), account.GetProperty("outputTokens").GetInt64()), Is.EqualTo((2, 1, 14L)));
        }
        else
        {
            Assert.That(
                run.Output,
                Does.Contain(
                    "2 sub-calls, 0 failed calls, 0 failed items, 1 retry, 0 held replies").And.Contain("22 tokens in and 14 out").And.Contain("map llm"));
        }
    }

    [Test]
    public async Task Journal_SecondWriter_IsRefused()
    {
        using var first = RlmJournal.Create(_journal);
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync(
            ["run", "-e", "answer context | llm \"?\"", "-c", TestFiles.NewFile("a"), .. Command(server), "--resume"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((ExitCodes.Failed, 0)));
        Assert.That(run.Error, Does.Contain("is being written by another process"));
    }

    [TestCase("{\"format\":\"rlm-journal-1\"}\n", "has format version 1 and this rlm reads 2")]
    [TestCase("{\"format\":\"rlm-journal\",\"formatVersion\":9}\n", "has format version 9 and this rlm reads 2")]
    [TestCase("notes\n", "is not a journal of rlm")]
    public async Task Journal_OtherVersion_SaysSo(string content, string message)
    {
        await File.WriteAllTextAsync(_journal, content);

        foreach (string verb in (string[])["replay", "journal"])
        {
            var run = await CliRun.RunAsync(verb, _journal);
            Assert.That((run.Code, run.Error), Is.EqualTo((ExitCodes.Failed, run.Error)));
            Assert.That(run.Error, Does.Contain(message));
        }
    }

    [Test]
    public async Task Journal_Empty_HoldsNoRun()
    {
        await File.WriteAllTextAsync(_journal, "");

        Assert.That(await CliRun.RunAsync("journal", _journal), Is.EqualTo(new CliRun(ExitCodes.Answered, "no run yet\n", "")));
        Assert.That((await CliRun.RunAsync("replay", _journal)).Code, Is.EqualTo(ExitCodes.Failed));
    }

    [Test]
    public async Task Journal_DiskFull_StopsTheRun()
    {
        string binary = NativeBinary.Require();
        await using var server = new LoopbackModelServer(request => "fine");
        string context = TestFiles.NewFile(string.Join('\n', Enumerable.Range(1, 100)));
        // A file may grow to 8 blocks of 512 bytes; then the write fails as on a full disk.
        string script =
            $"ulimit -f 8; exec '{binary}' run -e 'answer context | lines | map llm \"? {{it}}\"' -c '{context}' --max-calls 200 --base-url {server.OpenAiUrl} -m test-model -q --journal '{_journal}'";

        var full = await NativeBinary.RunAsync("/bin/sh", "-c", script);
        int paid = server.Requests;
        var resumed = await NativeBinary.RunAsync(
            binary,
            "run",
            "-e",
            "answer context | lines | map llm \"? {it}\"",
            "-c",
            context,
            "--max-calls",
            "200",
            "--base-url",
            server.OpenAiUrl.ToString(),
            "-m",
            "test-model",
            "-q",
            "--journal",
            _journal,
            "--resume");

        Assert.That((full.Code, full.Output), Is.EqualTo((ExitCodes.Failed, "")), full.Error);
        Assert.That(full.Error, Does.Contain("cannot be written").And.Contain("resume it"));
        Assert.That(paid, Is.LessThan(100));
        Assert.That(resumed, Is.EqualTo(new CliRun(0, string.Concat(Enumerable.Repeat("fine\n", 100)), "")));
    }

    private string[] Command(LoopbackModelServer server) =>
        ["--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-q", "--journal", _journal];
}
