using Rlm.Cli.Tests.Configuration;

namespace Rlm.Cli.Tests.Commands;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class RunsCommandTests
{
    private static readonly string Log = TestFiles.NewFile("one\ntwo\nthree\n");

    private LoopbackModelServer _server = null!;
    private ConfigurationHome _home = null!;

    [SetUp]
    public void Start()
    {
        _server = new LoopbackModelServer(_ => LoopbackReply.Text("because"));
        _home = new ConfigurationHome("");
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Run_Paid_IsKeptForTheUserAloneAndListed()
    {
        await RunAsync();

        string file = Directory.GetFiles(Folder, "*.jsonl").Single();
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That((await _home.RunAsync("runs")).Output, Does.Match(@"^\d{8}-\d{6}  completed, 3 calls: run lines \| map llm "));
        Assert.That((await _home.RunAsync("runs", "show", "last")).Output, Does.Contain("3 sub-calls"));
        Assert.That((await _home.RunAsync("replay", "last")).Output, Is.EqualTo("because\nbecause\nbecause\n"));
        Assert.That((await _home.RunAsync("journal", Path.GetFileNameWithoutExtension(file))).Code, Is.Zero);
    }

    [Test]
    public async Task Run_FreeOrPlannedOrUnkept_IsNotKept()
    {
        await _home.RunAsync("run", "lines | count", "-c", Log);
        await RunAsync("--dry-run");
        await RunAsync("--no-journal");
        await RunAsync("--journal", Path.Combine(TestFiles.NewDirectory(), "own.jsonl"));
        await _home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "-m", "offline");
        await _home.RunAsync("explain", "lines | map llm \"Why?\"", "-c", Log, "-m", "x", "--base-url", _server.OpenAiUrl.ToString());

        Assert.That(Directory.Exists(Folder), Is.False);
        Assert.That((await _home.RunAsync("runs")).Error, Is.EqualTo("rlm: no run is kept yet\n"));
    }

    [Test]
    public async Task Resume_LimitedRun_GoesOnWithMoreAndPaysForTheRest()
    {
        string url = _server.OpenAiUrl.ToString();
        string[] program = ["run", "let a = lines | first 2 | map llm \"Why?\"\nanswer a | count\nlet b = lines | map llm \"Why?\"\nanswer b | count"];
        var limited = await _home.RunAsync([.. program, "-c", Log, "-m", "x", "--base-url", url, "--max-calls", "1"]);
        Assert.That(limited.Code, Is.EqualTo(ExitCodes.LimitReached).Or.EqualTo(ExitCodes.ProgramErrors), limited.Error);

        var resumed = await _home.RunAsync("runs", "resume", "last", "--", "--max-calls", "9");

        Assert.That((resumed.Code, resumed.Output), Is.EqualTo((0, "2\n")), resumed.Error);
        Assert.That(Directory.GetFiles(Folder, "*.jsonl"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Resume_FinishedRun_PaysForNothingAgain()
    {
        await RunAsync();
        int asked = _server.Received.Count;

        var resumed = await _home.RunAsync("runs", "resume", "last");

        Assert.That((resumed.Output, _server.Received.Count), Is.EqualTo(("because\nbecause\nbecause\n", asked)), resumed.Error);
    }

    [Test]
    public async Task Resume_AddressWithAPassword_HasToBeGivenAgain()
    {
        string url = _server.OpenAiUrl.ToString().Replace("http://", "http://me:secret@", StringComparison.Ordinal);
        await _home.RunAsync("run", "lines | first 1 | map llm \"Why?\"", "-c", Log, "-m", "x", "--base-url", url);

        var without = await _home.RunAsync("runs", "resume", "last");
        var with = await _home.RunAsync("runs", "resume", "last", "--", "--base-url", _server.OpenAiUrl.ToString());

        Assert.That(File.ReadAllText(Directory.GetFiles(Folder, "*.jsonl").Single()), Does.Not.Contain("secret"));
        Assert.That(without.Error, Does.Contain("may hold a password, and is not kept: rlm runs resume last -- --base-url URL"));
        Assert.That(with.Output, Is.EqualTo("because\n"), with.Error);
    }

    [Test]
    public async Task Remove_Runs_ForgetsThoseAlone()
    {
        await RunAsync();
        await RunAsync();
        string first = Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).First();

        Assert.That((await _home.RunAsync("runs", "remove", first)).Code, Is.Zero);

        Assert.That(File.Exists(Path.Combine(Folder, $"{first}.jsonl")), Is.False);
        Assert.That(Directory.GetFiles(Folder, "*.jsonl"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Remove_RunUnderWay_IsRefused()
    {
        await RunAsync();
        string file = Directory.GetFiles(Folder, "*.jsonl").Single(), name = Path.GetFileNameWithoutExtension(file);
        using var guard = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var refused = await _home.RunAsync("runs", "remove", name);

        Assert.That((refused.Code, refused.Error, File.Exists(file)), Is.EqualTo((ExitCodes.Failed, $"rlm: the run `{name}` is under way: stop it first\n", true)));
    }

    [Test]
    public async Task Resume_RunOfStandardInput_SaysThatItsTextComesAgain()
    {
        string[] program = ["run", "lines | map llm \"Why?\"", "-m", "x", "--base-url", _server.OpenAiUrl.ToString()];
        await (_home.Setup() with { Input = "one\ntwo\n" }).RunAsync(program);
        int asked = _server.Received.Count;

        var resumed = await _home.RunAsync("runs", "resume", "last");
        var replayed = await (_home.Setup() with { Input = "" }).RunAsync(["replay", "last"]);
        var again = await (_home.Setup() with { Input = "one\ntwo\n" }).RunAsync(["runs", "resume", "last"]);

        Assert.That((resumed.Code, resumed.Error), Is.EqualTo((ExitCodes.Failed,
            "rlm: the run read its text from stdin, which its journal does not hold: give the same text again, rlm runs resume last < FILE\n")));
        Assert.That(replayed.Error, Does.Contain("give the same text again, rlm replay last < FILE"));
        Assert.That((again.Output, _server.Received.Count), Is.EqualTo(("because\nbecause\n", asked)), again.Error);
    }

    [TestCase("show", "../../etc/passwd")]
    [TestCase("remove", "/etc/passwd")]
    [TestCase("resume", "none")]
    [TestCase("show")]
    [TestCase("list")]
    public async Task Run_WhatIsNoRun_IsRefused(params string[] words)
    {
        await RunAsync();

        Assert.That((await _home.RunAsync(["runs", .. words])).Code, Is.EqualTo(ExitCodes.WrongUsage));
    }

    [Test]
    public async Task Run_ManyRuns_KeepsTheNewest()
    {
        Directory.CreateDirectory(Folder);
        for (int i = 0; i < 120; i++)
            File.WriteAllText(Path.Combine(Folder, $"2020{i:0000}-000000.jsonl"), "");

        await RunAsync();

        Assert.That(Directory.GetFiles(Folder, "*.jsonl"), Has.Length.EqualTo(100));
        Assert.That((await _home.RunAsync("runs", "--max", "1")).Output, Does.Contain("3 calls"));
    }

    [Test]
    public async Task Run_FolderWithOtherFiles_LeavesThemAlone()
    {
        string folder = TestFiles.NewDirectory();
        for (int i = 0; i < 120; i++)
            File.WriteAllText(Path.Combine(folder, $"mine{i}.jsonl"), "{}");

        await RunAsync("--journal-folder", folder);

        Assert.That(Directory.GetFiles(folder, "mine*"), Has.Length.EqualTo(120));
        Assert.That((await _home.RunAsync("runs", "remove", "mine1", "--journal-folder", folder)).Code, Is.EqualTo(ExitCodes.WrongUsage));
    }

    [Test]
    public async Task Runs_OfASecond_AreListedByTheirNumber()
    {
        Directory.CreateDirectory(Folder);
        foreach (string name in (string[])["20260101-000000", "20260101-000000-2", "20260101-000000-10", "20260101-000000-9"])
            File.WriteAllText(Path.Combine(Folder, $"{name}.jsonl"), "");

        Assert.That(
            (await _home.RunAsync("runs")).Output.Split('\n').Select(line => line.Split(' ')[0]),
            Is.EqualTo((string[])["20260101-000000-10", "20260101-000000-9", "20260101-000000-2", "20260101-000000", ""]));
    }

    [Test]
    public async Task Replay_LastOfAConfiguredFolder_IsThatRun()
    {
        var home = new ConfigurationHome("journal_folder = \"kept\"\n");
        await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "-m", "x", "--base-url", _server.OpenAiUrl.ToString());

        Assert.That((await home.RunAsync("replay", "last")).Output, Is.EqualTo("because\nbecause\nbecause\n"));
        Assert.That((await home.RunAsync("runs")).Output, Does.Contain("3 calls"));
    }

    private string Folder => Path.Combine(_home.Home, ".local", "state", "rlm", "runs");

    private Task<CliRun> RunAsync(params string[] options) =>
        _home.RunAsync(["run", "lines | map llm \"Why?\"", "-c", Log, "-m", "x", "--base-url", _server.OpenAiUrl.ToString(), .. options]);
}
