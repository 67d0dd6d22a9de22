using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

/// <summary>Over the wire: no answer of nothing, and no partial one where that was asked for.</summary>
internal sealed class StrictTests
{
    private const string Useless = "I would rather not say.";

    private readonly string _rows = TestFiles.NewFile(string.Join('\n', Enumerable.Range(1, 200).Select(number => $"row number {number}")));

    [TestCase("lines | extend k = llm \"Is it odd?\" as one of [\"odd\", \"even\"] | where k == \"odd\" | count")]
    [TestCase("lines | where llm \"Is it odd?\" | count")]
    [TestCase("answer context | lines | map llm \"How many?\" as number pack 1 | sum")]
    [TestCase("answer context | llm \"How many?\" as number")]
    public async Task RunAsync_NothingUsable_IsCodeFiveWithoutAnAnswer(string program)
    {
        await using var server = new LoopbackModelServer(_ => Useless);

        var run = await RunAsync(server, program, "--max-calls", "500");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain(Useless).And.Contain("RLM5004"));
        Assert.That(server.Requests, Is.AtMost(3));
    }

    [Test]
    public async Task RunAsync_EveryCallFails_IsCodeFiveWithoutAnAnswer()
    {
        await using var server = new LoopbackModelServer(_ => LoopbackReply.Error(400, "{\"error\":{\"message\":\"no\"}}"));

        var run = await RunAsync(server, "answer context | llm \"x\"");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
    }

    [TestCase("answer context | lines | first 3 | map llm \"How many? {it}\" as number pack 1 | sum")]
    [TestCase("lines | first 3 | map llm \"How many? {it}\" as number pack 1 | sum")]
    public async Task RunAsync_Partial_IsCodeFiveWhereStrict(string program)
    {
        await using var server = new LoopbackModelServer(
            request => request.LastUserText.Contains("number 3", StringComparison.Ordinal) ? Useless : "5");

        var run = await RunAsync(server, program);
        var strict = await RunAsync(server, program, "--strict");
        var json = await RunAsync(server, program, "--strict", "--json");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "10\n")));
        Assert.That((strict.Code, strict.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(strict.Error, Does.Contain("1 of 3 items failed"));
        using var result = JsonDocument.Parse(json.Output);
        Assert.That(result.RootElement.GetProperty("answer").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(result.RootElement.GetProperty("losses")[0].GetProperty("kind").GetString(), Is.EqualTo("failedItems"));
        Assert.That(json.Code, Is.EqualTo(ExitCodes.Failed));
    }

    [Test]
    public async Task RunAsync_ContextInAnotherEncoding_IsCodeFiveWhereStrict()
    {
        string path = Path.Combine(TestFiles.NewDirectory(), "latin1.txt");
        await File.WriteAllBytesAsync(path, System.Text.Encoding.Latin1.GetBytes("gr\u00FCn und rot"));

        var run = await CliRun.RunAsync("run", "-e", "grep \"rot\" | count", "-c", path);
        var strict = await CliRun.RunAsync("run", "-e", "grep \"rot\" | count", "-c", path, "--strict");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "1\n")));
        Assert.That((strict.Code, strict.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(strict.Error, Does.Contain("is not UTF-8"));
    }

    [Test]
    public async Task RunAsync_NothingIsLost_StrictPrintsTheAnswer()
    {
        await using var server = new LoopbackModelServer(_ => "5");

        Assert.That(
            (await RunAsync(server, "lines | count; lines | first 2 | map llm \"How many? {it}\" as number pack 1 | sum", "--strict")).Output,
            Is.EqualTo("200\n10\n"));
    }

    [Test]
    public async Task RunAsync_FailedItems_AreInTheAccount()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        await using var server = new LoopbackModelServer(
            request => request.LastUserText.Contains("number 3", StringComparison.Ordinal) ? Useless : "5");

        await RunAsync(server, "lines | first 3 | map llm \"How many? {it}\" as number pack 1 | sum", "--journal", journal);

        Assert.That((await CliRun.RunAsync("journal", journal)).Output, Does.Contain("1 failed item,"));
    }

    [Test]
    public async Task RunAsync_GuessOfTheOfflineModel_IsOneWhereItIsHeld()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        string[] words = ["run", "-e", "answer lines | first 2 | where llm \"Is it a colour?\" | count", "-c", _rows, "-m", "offline", "-q", "--journal", journal];

        var first = await CliRun.RunAsync(words);
        var replayed = await CliRun.RunAsync("replay", journal);
        var resumed = await CliRun.RunAsync([.. words, "--resume"]);
        var strict = await CliRun.RunAsync([.. words, "--resume", "--strict"]);

        Assert.That(first.Error, Does.Contain("a guess"));
        Assert.That((replayed.Code, replayed.Output, replayed.Error), Is.EqualTo((0, first.Output, first.Error)));
        Assert.That(resumed.Output, Is.EqualTo(first.Output));
        Assert.That(resumed.Error, Does.Contain("a guess"));
        Assert.That((strict.Code, strict.Output), Is.EqualTo((ExitCodes.Failed, "")));
    }

    [TestCase("lines | where llm \"Is it red?\" | count\nlines | where llm \"Is it red?\" | count\n", 2)]
    [TestCase("let k = lines | map llm \"What colour? {it}\"\nk | count\nk | first\nlines | count\n", 2)]
    public async Task RunAsync_GuessThatIsKept_IsOneInLaterPrograms(string programs, int guesses)
    {
        var run = await new CliSetup { Input = programs }.RunAsync(["repl", "-c", TestFiles.NewFile("a red car\na blue car\n"), "-m", "offline", "-q"]);

        Assert.That(run.Error.Split("a guess"), Has.Length.EqualTo(guesses + 1), run.Error);
    }

    private Task<CliRun> RunAsync(LoopbackModelServer server, string program, params string[] options) =>
        CliRun.RunAsync(["run", "-e", program, "-c", _rows, "-m", "m", "--base-url", server.OpenAiUrl.ToString(), .. options]);
}
