using System.Diagnostics;
using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class ConsentTests
{
    private static readonly string[] Program = ["run", "-e", "answer context | lines | map llm \"Say: {it}\"", "-c",
        TestFiles.NewFile("a\nb\nc"), "-m", "test-model", "-q"];

    private static readonly string Missing = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");

    [Test]
    public async Task DryRun_PaidStage_TellsItsPlanAndSpendsNothing()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--dry-run", "--price", "1/2"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 0)), run.Error);
        Assert.That(
            run.Output,
            Does.Match(
                @"^map llm .*: exactly 3 calls \(at most 6 with re-asks\), about \d+ tokens in, at most 12,288 out, at most \$0\.02\d* \(\$0\.05\d* with re-asks\)\nnothing was spent\n$"));
    }

    [Test]
    public async Task DryRun_WholeProgram_TellsEveryStageTheSumAndTheLimits()
    {
        await using var server = new LoopbackModelServer("fine");
        const string program =
            "answer context | lines | map llm \"Say: {it}\" | map llm \"Shorter.\" | join \"\\n\" | lines | map llm \"Why?\"";

        var run = await CliRun.RunAsync("run", "-e", program, "-c", TestFiles.NewFile("a\nb\nc"), "-m", "test-model", "-q", "--base-url",
            server.OpenAiUrl.ToString(), "--dry-run", "--max-calls", "5", "--journal", Missing);

        Assert.That((run.Code, server.Requests, File.Exists(Missing)), Is.EqualTo((0, 0, false)), run.Error);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.That(lines[0], Does.StartWith("map llm \"Say: {it}\": exactly 3 calls (at most 6 with re-asks)"));
        Assert.That(lines[1], Does.StartWith("map llm \"Shorter.\": at most 3 calls (at most 6 with re-asks), at most about "));
        Assert.That(lines[2], Is.EqualTo("map llm \"Why?\": not known before `map llm \"Shorter.\"` has been asked"));
        Assert.That(lines[3], Does.StartWith("in all: at most 6 calls (at most 12 with re-asks)").And.EndWith("and what is not known yet"));
        Assert.That(
            lines[4..],
            Is.EqualTo(new[] { "may reach a limit: `map llm \"Shorter.\"` may make 3 calls; 2 are left of 5 then (--max-calls)",
                "nothing was spent" }));
    }

    [Test]
    public async Task DryRun_Json_IsOneObject()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--dry-run", "--json", "--max-calls", "2"]);

        using var plan = JsonDocument.Parse(run.Output);
        var stage = plan.RootElement.GetProperty("stages")[0];
        Assert.That((run.Code, server.Requests, stage.GetProperty("certainty").GetString(), stage.GetProperty("calls")
            .GetInt64(), stage.GetProperty("maxCalls").GetInt64()), Is.EqualTo((4, 0, "exactly", 3, 6)));
        Assert.That(plan.RootElement.GetProperty("refusal").GetString(), Does.Contain("would make 3 calls; 2 are left of 2"));
        Assert.That(plan.RootElement.GetProperty("total").GetProperty("costUsd").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task DryRun_FreeProgram_SaysThatNothingWouldBeSpent()
    {
        var run = await CliRun.RunAsync("run", "-e", "answer context | lines | count", "-c", TestFiles.NewFile("a"), "--dry-run", "-q");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "no paid stage: nothing would be spent\nnothing was spent\n")));
    }

    [Test]
    public async Task DryRun_AssertThatFails_DrawsItAndEndsWithItsCode()
    {
        var run = await CliRun.RunAsync("run", "-e", "assert (context | lines | count) == 2\nanswer context | llm \"x\"", "-c",
            TestFiles.NewFile("a"), "-m", "offline", "--dry-run", "-q");

        Assert.That((run.Code, run.Error), Is.EqualTo((ExitCodes.ProgramErrors, run.Error)));
        Assert.That(run.Error, Does.Contain("RLM5002"));
    }

    [Test]
    public async Task DryRun_ResumedJournal_TakesItsRepliesAndWritesNothing()
    {
        await using var server = new LoopbackModelServer("fine");
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl"), context = TestFiles.NewFile("a\nb\nc");
        string[] words = ["-c", context, "-m", "test-model", "-q", "--base-url", server.OpenAiUrl.ToString(), "--journal", journal];
        await CliRun.RunAsync(["run", "-e", "answer context | lines | map llm \"Say: {it}\"", .. words]);
        string before = await File.ReadAllTextAsync(journal);

        var run = await CliRun.RunAsync(
            ["run", "-e", "answer context | lines | map llm \"Say: {it}\" | map llm \"Why?\" votes 2", .. words, "--resume", "--dry-run"]);

        Assert.That((run.Code, server.Requests, await File.ReadAllTextAsync(journal)), Is.EqualTo((0, 3, before)), run.Error);
        Assert.That(run.Output, Does.StartWith(
            "map llm \"Say: {it}\": no calls: every reply is there\nmap llm \"Why?\" votes 2: exactly 2 calls (at most 4 with re-asks)"));
    }

    [TestCase("y", ExitCodes.Answered, 1, "--confirm")]
    [TestCase("n", ExitCodes.LimitReached, 0, "--confirm")]
    [TestCase(null, ExitCodes.Answered, 1, "--confirm", "--yes")]
    [TestCase(null, ExitCodes.Answered, 1)]
    public async Task Confirm_ResumedJournalWithoutAReask_AsksAboutThatOne(string? answer, int code, int requests, params string[] options)
    {
        await using var server = new LoopbackModelServer(NumberAfterAReask);
        var (words, journal) = await JournaledAsync(server);
        string[] entries =
            [.. (await File.ReadAllLinesAsync(journal)).Where(line => !line.Contains("\"reply\":\"22\"", StringComparison.Ordinal))];
        await File.WriteAllLinesAsync(journal, entries);
        int before = server.Requests;

        var plan = await CliRun.RunAsync([.. words, "--dry-run"]);
        var run = await new CliSetup { Typed = answer }.RunAsync([.. words, .. options]);

        Assert.That(plan.Output, Does.StartWith("map llm \"{it}?\" as number pack 1: exactly 1 call (at most 1 with re-asks), about "));
        Assert.That(
            (run.Code, server.Requests - before, run.Output), Is.EqualTo((code, requests, code == 0 ? "1\n22\n3\n" : "")), run.Error);
        Assert.That(
            run.Error.Contains("exactly 1 call (at most 1 with re-asks)", StringComparison.Ordinal), Is.EqualTo(answer is not null));
    }

    [Test]
    public async Task Confirm_ResumedJournalWithEveryReply_AsksNobody()
    {
        await using var server = new LoopbackModelServer(NumberAfterAReask);
        var (words, _) = await JournaledAsync(server);

        var run = await new CliSetup { Typed = "n" }.RunAsync([.. words, "--confirm"]);

        Assert.That((run.Code, server.Requests, run.Output), Is.EqualTo((0, 4, "1\n22\n3\n")), run.Error);
        Assert.That(run.Error, Does.Not.Contain("Go on?"));
    }

    /// <summary>The reply about item 2 is of no use the first time.</summary>
    private static LoopbackReply NumberAfterAReask(LoopbackRequest request) =>
        request.LastUserText.Contains("An earlier reply", StringComparison.Ordinal) ? "22"
            : DataOf(request) == "2" ? "many"
            : DataOf(request);

    private static string DataOf(LoopbackRequest request) => request.LastUserText.Split("<data>\n")[1].Split('\n')[0];

    /// <summary>Runs a program under a journal; the command that goes on with it, and the journal.</summary>
    private static async Task<(string[] Words, string Journal)> JournaledAsync(LoopbackModelServer server)
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        string[] words = ["run", "-e", "answer context | lines | map llm \"{it}?\" as number pack 1", "-c", TestFiles.NewFile("1\n2\n3"),
            "-m", "test-model", "-q", "--base-url", server.OpenAiUrl.ToString(), "--journal", journal];
        var run = await CliRun.RunAsync(words);
        Assert.That((run.Code, server.Requests, run.Output), Is.EqualTo((0, 4, "1\n22\n3\n")), run.Error);
        return ([.. words, "--resume"], journal);
    }

    [TestCase("y", 6)]
    [TestCase("n", 0)]
    public async Task Confirm_WholeProgram_AsksOnce(string answer, int requests)
    {
        await using var server = new LoopbackModelServer("fine");
        const string program = "let said = context | lines | map llm \"Say: {it}\"\nsaid\ncontext | lines | map llm \"Why: {it}\"";

        var run = await new CliSetup { Typed = answer }.RunAsync(["run", "-e", program, "-c", TestFiles.NewFile("a\nb\nc"), "-m",
            "test-model", "-q", "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That(server.Requests, Is.EqualTo(requests), run.Error);
        Assert.That(run.Error.Split("Go on?"), Has.Length.EqualTo(2));
        Assert.That(run.Error, Does.Contain("in all: exactly 6 calls (at most 12 with re-asks)"));
    }

    [TestCase("lines | join \"\\n\" | lines", "in all")]
    [TestCase("lines", "may reach a limit")]
    public async Task Confirm_StageThatWasNotKnownOrBoundedBeyondTheLimit_AsksWhenItIsReached(string cut, string asked)
    {
        await using var server = new LoopbackModelServer("one\ntwo");
        string program = $"answer context | llm \"Write.\" | {cut} | map llm \"Why: {{it}}\" | reduce llm \"Merge.\"";

        var run = await new CliSetup { Typed = "y" }.RunAsync(["run", "-e", program, "-c", TestFiles.NewFile("a"), "-m", "test-model", "-q",
            "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 4)), run.Error);
        Assert.That(
            run.Error.Split("Go on? [y/N] ")[..^1].Select(question => question.Split('\n')[^2].Split(':')[1].Trim()),
            Is.EqualTo(new[] { asked, "map llm \"Why", "reduce llm \"Merge.\"" }));
    }

    [Test]
    public async Task Confirm_NoTerminal_IsWrongUsage()
    {
        var run = await new CliSetup { Input = "text" }.RunAsync([.. Program, "--base-url", "http://127.0.0.1:1/v1", "--confirm"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.WrongUsage, "")));
        Assert.That(run.Error, Does.Contain("--yes"));
    }

    [TestCase("y", 0, 3)]
    [TestCase("n", ExitCodes.LimitReached, 0)]
    [TestCase("", ExitCodes.LimitReached, 0)]
    public async Task Confirm_Asked_FollowsTheAnswer(string answer, int code, int requests)
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Typed = answer }.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((code, requests)), run.Error);
        Assert.That(run.Error, Does.Contain("exactly 3 calls").And.Contain("price unknown").And.Contain("Go on? [y/N]"));
    }

    [Test]
    public async Task Yes_NoTerminal_Spends()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Input = "" }.RunAsync([.. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm", "--yes"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 3)), run.Error);
    }

    [Test]
    public async Task DryRun_Ask_TellsTheFirstTurnAndSpendsNothing()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync("ask", "How many?", "-c", TestFiles.NewFile(new string('x', 100_000)), "-m", "test-model", "-q",
            "--base-url", server.OpenAiUrl.ToString(), "--dry-run", "--price", "1/2");

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 0)), run.Error);
        Assert.That(
            run.Output,
            Does.Match(
                @"^the root's first turn: exactly 1 call \(at most 20 turns in all\), about [\d,]+ tokens in, at most 4,096 out, at most \$0\.\d+\nthe programs, [^\n]+\nnothing was spent\n$"));
    }

    [Test]
    public async Task Confirm_AskWithANo_MakesNoCall()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await new CliSetup { Typed = "n" }.RunAsync(["ask", "Who is this?", "-c", TestFiles.NewFile("a"), "-m", "test-model",
            "--base-url", server.OpenAiUrl.ToString(), "--confirm"]);

        Assert.That((run.Code, server.Requests), Is.EqualTo((ExitCodes.LimitReached, 0)), run.Error);
        Assert.That(run.Error, Does.Contain("the root's first turn: exactly 1 call (at most 1 turn in all)"));
    }

    [TestCase("y", 0, 3)]
    [TestCase("n", ExitCodes.LimitReached, 0)]
    public async Task Confirm_NativeBinaryAtATerminal_FollowsTheAnswer(string answer, int code, int requests)
    {
        string binary = NativeBinary.Require();
        if (!File.Exists("/usr/bin/script"))
            Assert.Ignore("There is no /usr/bin/script to make a terminal with.");
        await using var server = new LoopbackModelServer("fine");
        string[] words = [binary, .. Program, "--base-url", server.OpenAiUrl.ToString(), "--confirm"];
        string command = string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

        var start = new ProcessStartInfo(
            "/usr/bin/script", ["-qec", command, "/dev/null"])
        { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(answer);
        await process.StandardInput.FlushAsync();
        string shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That((process.ExitCode, server.Requests), Is.EqualTo((code, requests)), shown);
        Assert.That(shown, Does.Contain("Go on? [y/N]"));
    }
}
