using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

/// <summary>Shards that pay, and the merge of their parts, over real HTTP.</summary>
internal sealed class PaidShardsTests
{
    private const string Program = "answer context | grep /ERROR/ | map llm \"Why: {it}\" | join \", \"";

    private static readonly string Log = string.Concat(Enumerable.Range(1, 40).Select(static number => $"{(number % 4 == 0 ? "ERROR" : "INFO")} job {number}\n"));

    private readonly string _folder = TestFiles.NewDirectory();
    private readonly string _log = TestFiles.NewFile(Log);

    [Test]
    public async Task RunAsync_PaidParts_AreMergedWithoutAModel()
    {
        await using var server = NewServer();
        var whole = await new CliSetup().RunAsync(["run", "-e", Program, "-c", _log, "--no-journal", .. Model(server)]);
        var parts = await MapAsync("free", 3, ["--max-calls", "12", "--divide", .. Model(server)]);
        var merged = await CliRun.RunAsync(["merge", "-e", Program, .. parts, "--max-calls", "0"]);
        var json = await CliRun.RunAsync(["merge", "-e", Program, .. parts, "--max-calls", "0", "--json"]);

        Assert.That(whole.Output, Does.StartWith("for 4, for 8, for 12,"));
        Assert.That((merged.Code, merged.Output), Is.EqualTo((ExitCodes.Answered, whole.Output)), merged.Error);
        Assert.That(merged.ErrorLines[0], Is.EqualTo("rlm: no model configured: the replies of `test-model` that the shards paid for are all that there is"));
        Assert.That(merged.ErrorLines[^1], Is.EqualTo("rlm: paid by the shards: 10 sub-calls, 110 tokens in and 70 out"));
        Assert.That(server.Requests, Is.EqualTo(20), "ten of the run, and ten of all shards");
        var usage = JsonDocument.Parse(json.Output).RootElement.GetProperty("usage");
        Assert.That((usage.GetProperty("calls").GetInt32(), usage.GetProperty("shards").GetProperty("calls").GetInt32()), Is.EqualTo((0, 10)));
    }

    [Test]
    public async Task RunAsync_SameCommandAgain_TakesTheJournalOfTheShard()
    {
        await using var server = NewServer();
        string journal = Path.Combine(_folder, "again.jsonl"), part = Path.Combine(_folder, "again.part");
        string[] command = ["map", "-e", Program, "-c", _log, "--shard", "1/1", "-o", part, "--journal", journal, "--resume", .. Model(server)];
        var first = await CliRun.RunAsync(command);
        int paid = server.Requests;
        File.Delete(part);
        var again = await CliRun.RunAsync(command);

        Assert.That((first.Code, again.Code, paid, server.Requests), Is.EqualTo((0, 0, 10, 10)), first.Error);
        Assert.That(again.Error, Does.Contain("bytes and 10 replies are kept in"));
        var merged = await CliRun.RunAsync("merge", "-e", Program, part);
        Assert.That(merged.Output, Does.StartWith("for 4, for 8,"), merged.Error);
        Assert.That((await CliRun.RunAsync("replay", journal)).Error, Does.Contain("is of `rlm map`, whose replies are in its part"));
    }

    [Test]
    public async Task RunAsync_TooFewCalls_AreToldAndPaidByTheMerge()
    {
        await using var server = NewServer();
        string part = Path.Combine(_folder, "few.part");
        var map = await CliRun.RunAsync(["map", "-e", Program, "-c", _log, "--shard", "1/1", "-o", part, "--max-calls", "4", .. Model(server)]);
        var nothing = await CliRun.RunAsync(["merge", "-e", Program, part, "--max-calls", "3"]);
        var merged = await CliRun.RunAsync(["merge", "-e", Program, part, "--no-journal", .. Model(server)]);

        Assert.That(map.Code, Is.EqualTo(ExitCodes.LimitReached), map.Error);
        Assert.That(map.Error, Does.Contain("would make 10 calls; 4 are left of 4"));
        Assert.That((nothing.Code, nothing.Output), Is.EqualTo((ExitCodes.LimitReached, "")), nothing.Error);
        Assert.That((merged.Code, server.Requests), Is.EqualTo((0, 10)), merged.Error);
        Assert.That(merged.Error, Does.Contain("shard 1/1: `map llm \"Why: {it}\"` would make 10 calls").And.Contain("10 sub-calls"));
    }

    [Test]
    public async Task RunAsync_OtherModel_IsRefused()
    {
        await using var server = NewServer();
        var parts = await MapAsync("other", 2, Model(server));
        var merged = await CliRun.RunAsync(["merge", "-e", Program, .. parts, "--model", "offline"]);

        Assert.That((merged.Code, merged.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(merged.Error, Does.Contain("the shards asked `test-model` with a window of"));
    }

    [Test]
    public async Task RunAsync_ProgramWithoutPaidRows_NeedsNoModel()
    {
        string part = Path.Combine(_folder, "whole.part");
        var map = await CliRun.RunAsync("map", "-e", "grep /ERROR/ | join \"\" | llm \"Why?\"", "-c", _log, "--shard", "1/1", "-o", part);

        Assert.That((map.Code, map.Error), Is.EqualTo((0, $"rlm: shard 1/1: 139 of 481 bytes are kept in {part}\n")));
    }

    [Test]
    public async Task RunAsync_DryRunAndExplain_TellWhoPays()
    {
        const string Asks = "grep /ERROR/ | map llm \"Why?\" | reduce llm \"Sum up.\"";
        const string Told = "on the shards  grep /ERROR/\non the shards  map llm \"Why?\", paid\nhere           reduce llm \"Sum up.\", paid\n";
        var map = await CliRun.RunAsync("map", "-e", Asks, "-c", _log, "--dry-run");
        var explained = await CliRun.RunAsync("explain", "-e", Asks, "-c", _log, "--shards");
        var outlined = await CliRun.RunAsync("explain", "-e", $"context | {Asks}", "--shards");
        var json = await CliRun.RunAsync("explain", "-e", Asks, "-c", _log, "--shards", "--json");

        Assert.That(map, Is.EqualTo(new CliRun(ExitCodes.Answered, Told, "")));
        Assert.That(explained.Output, Does.EndWith($"{Told}nothing was spent\n"), explained.Error);
        Assert.That(outlined.Output, Does.EndWith($"{Told}nothing was spent\n"), outlined.Error);
        Assert.That(
            JsonDocument.Parse(json.Output).RootElement.GetProperty("shards")[1].ToString(),
            Does.Contain("\"onTheShards\"").And.Contain("\"paid\": true"));
    }

    [TestCase("--divide", "--divide needs --max-calls N, the most calls of all shards together")]
    [TestCase("--divide --max-calls 9 --rpm 2", "--rpm 2 is less than one for each of 3 shards; give a greater one, or leave --divide out")]
    public async Task RunAsync_LimitsThatCannotBeDivided_AreRefused(string options, string message)
    {
        var run = await CliRun.RunAsync(["map", "-e", Program, "-c", _log, "--shard", "1/3", "-o", "never.part", .. options.Split(' ')]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.StartWith($"rlm: {message}\n"));
    }

    private static LoopbackModelServer NewServer() =>
        new(static request => LoopbackReply.Text($"for {request.LastUserText.Split("job ")[1].Split('\n')[0]}"));

    private static string[] Model(LoopbackModelServer server) => ["--base-url", server.OpenAiUrl.ToString(), "--model", "test-model"];

    private async Task<string[]> MapAsync(string name, int count, params string[] options)
    {
        string[] parts = [.. Enumerable.Range(1, count).Select(number => Path.Combine(_folder, $"{name}-{number}.part"))];
        for (int i = 0; i < count; i++)
        {
            var map = await CliRun.RunAsync(["map", "-e", Program, "-c", _log, "--shard", $"{i + 1}/{count}", "-o", parts[i], .. options]);
            Assert.That(map.Code, Is.EqualTo(ExitCodes.Answered), map.Error);
        }

        return parts;
    }
}
