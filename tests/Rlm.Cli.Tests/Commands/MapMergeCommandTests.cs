using System.Text.RegularExpressions;

namespace Rlm.Cli.Tests.Commands;

internal sealed partial class MapMergeCommandTests
{
    private const string Program = "let errors = context | grep /ERROR/\nerrors | count\nanswer errors | last 2 | map \"{line} {cite} {it}\"";

    [Test]
    public async Task RunAsync_PartsOfAFile_GiveWhatARunGives()
    {
        string folder = TestFiles.NewDirectory(), log = TestFiles.Sample("server.log");
        var whole = await CliRun.RunAsync("run", "-e", Program, "-c", log);
        string[] parts = [.. Enumerable.Range(1, 5).Select(number => Path.Combine(folder, $"{number}.part"))];
        for (int i = 0; i < parts.Length; i++)
        {
            var map = await CliRun.RunAsync("map", "-e", Program, "-c", log, "--shard", $"{i + 1}/5", "-o", parts[i]);
            Assert.That((map.Code, map.Output), Is.EqualTo((ExitCodes.Answered, "")), map.Error);
            Assert.That(map.Error, Does.Match($@"^rlm: shard {i + 1}/5: [\d,]+ of [\d,]+ bytes are kept in .*{i + 1}\.part\n$"));
        }

        Assert.That(await CliRun.RunAsync(["merge", "-e", Program, .. parts]), Is.EqualTo(whole));
        Assert.That(WithoutTime(await CliRun.RunAsync(["merge", "-e", Program, .. parts, "--json"])),
            Is.EqualTo(WithoutTime(await CliRun.RunAsync("run", "-e", Program, "-c", log, "--json"))));
    }

    private static CliRun WithoutTime(CliRun run) => run with { Output = ElapsedTime.Replace(run.Output, "") };

    [GeneratedRegex("\"elapsedMs\": \\d+")]
    private static partial Regex ElapsedTime { get; }

    [Test]
    public async Task RunAsync_ShardIsMissing_FailsOrIsPartial()
    {
        string folder = TestFiles.NewDirectory(), part = Path.Combine(folder, "1.part"), file = TestFiles.NewFile("a\nb\na\n");
        await CliRun.RunAsync("map", "-e", "grep /a/ | count", "-c", file, "--shard", "1/2", "-o", part);

        Assert.That(await CliRun.RunAsync("merge", "-e", "grep /a/ | count", part), Is.EqualTo(new CliRun(
            ExitCodes.Failed, "",
            "rlm: shard 2 of 2 is missing; make its part, or ask for an answer without it\n")));
        var run = await CliRun.RunAsync("merge", "-e", "grep /a/ | count", part, "--allow-missing");
        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "1\n")));
        Assert.That(run.Error, Does.Contain("partial: ").And.Contain("shard 2 of 2 is missing"));
    }

    [Test]
    public async Task RunAsync_OtherProgram_IsRefused()
    {
        string folder = TestFiles.NewDirectory(), part = Path.Combine(folder, "1.part"), file = TestFiles.NewFile("a\n");
        await CliRun.RunAsync("map", "-e", "grep /a/ | count", "-c", file, "--shard", "1/1", "-o", part);

        var run = await CliRun.RunAsync("merge", "-e", "grep /b/ | count", part);
        Assert.That((run.Code, run.Error), Is.EqualTo((
            ExitCodes.Failed,
            $"rlm: the part `{part}` is of another program; merge with the program that it was made with, or make all parts again\n")));
    }

    [Test]
    public async Task RunAsync_MapOfAProgramWithErrors_DrawsThem()
    {
        var run = await CliRun.RunAsync("map", "-e", "cuont", "-c", TestFiles.NewFile("a\n"), "--shard", "1/1", "-o", "never.part");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.ProgramErrors, "")));
        Assert.That(run.Error, Does.Contain("RLM"));
        Assert.That(File.Exists("never.part"), Is.False);
    }

    [Test]
    public async Task RunAsync_DryRun_TellsWhereStagesRun()
    {
        var run = await CliRun.RunAsync("map", "extract /k=(?<k>.)/ | count by k | first 2", "-c", TestFiles.NewFile("k=a\n"), "--dry-run");

        Assert.That(run, Is.EqualTo(new CliRun(ExitCodes.Answered, "on the shards  extract /k=(?<k>.)/\nmerged         count by k\nhere           first 2\n", "")));
    }

    [TestCase("map -e count -c f --shard 1/2", "the part is missing: say with -o parts/3.part where it goes")]
    [TestCase("map -e count -c f -o p", "the shard is missing: say with --shard 3/64 which one of how many it is")]
    [TestCase("map -e count -c f -o p --shard 3/2", "--shard `3/2` is not I/N: two whole numbers, I from 1 to N and N up to 1,000,000, such as 3/64")]
    [TestCase("merge -e count", "the parts are missing: name the files that `rlm map` wrote, as in parts/*.part")]
    [TestCase("merge", "the program is missing: a FILE, or -e DSL")]
    public async Task RunAsync_WrongUsage_SaysWhatIsMissing(string line, string message)
    {
        var run = await CliRun.RunAsync(line.Split(' '));

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.StartWith($"rlm: {message}\n"));
    }
}
