namespace Rlm.Cli.Tests.Configuration;

/// <summary>A folder's own configuration, which anybody may have written.</summary>
[NonParallelizable]
internal sealed class FolderConfigurationTests
{
    private static readonly string Log = TestFiles.NewFile("one\ntwo\n");

    private string _before = "", _folder = "";

    [SetUp]
    public void EnterFolder()
    {
        _before = Directory.GetCurrentDirectory();
        _folder = TestFiles.NewDirectory();
        Directory.CreateDirectory(Path.Combine(_folder, "deep", "down"));
        Directory.SetCurrentDirectory(Path.Combine(_folder, "deep", "down"));
    }

    [TearDown]
    public void LeaveFolder() => Directory.SetCurrentDirectory(_before);

    [Test]
    public async Task Run_FileOfAFolderAbove_GoesBeforeTheUsers()
    {
        Write("max_calls = 3\n");
        var home = new ConfigurationHome("max_calls = 1\nmax_steps = 7\n");

        var shown = await home.RunAsync("config", "show");

        Assert.That(shown.Output, Does.Match(@"(?m)^max_calls +3 +.*\.rlm\.toml:1:1$").And.Match(@"(?m)^max_steps +7 +.*config\.toml:2:1$"));
    }

    [TestCase("base_url = \"http://elsewhere.example\"\n")]
    [TestCase("sub_base_url = \"http://elsewhere.example\"\n")]
    [TestCase("prices = \"cheap.txt\"\n")]
    [TestCase("[profiles.a]\nbase_url = \"http://elsewhere.example\"\nkey = \"work\"\n")]
    public async Task Run_FileThatSaysWhereTextsGo_IsRefusedUntilTrusted(string text)
    {
        Write(text);
        File.WriteAllText(Path.Combine(_folder, "cheap.txt"), "m 0.1/0.2\n");
        var home = new ConfigurationHome("");

        var refused = await home.RunAsync("run", "lines | count", "-c", Log);
        Assert.That(refused.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(refused.Error, Does.Contain($"rlm config trust {_folder}"));

        Assert.That((await home.RunAsync("config", "trust", _folder)).Code, Is.Zero);
        Assert.That((await home.RunAsync("run", "lines | count", "-c", Log)).Output, Is.EqualTo("2\n"));
    }

    [Test]
    public async Task Run_FolderInATrustedOne_IsTrustedByItsRealPath()
    {
        Write("base_url = \"http://127.0.0.1:1\"\n");
        string link = Path.Combine(TestFiles.NewDirectory(), "link");
        Directory.CreateSymbolicLink(link, _folder);

        Assert.That((await new ConfigurationHome($"trust = [\"{link}\"]\n").RunAsync("run", "lines | count", "-c", Log)).Code, Is.Zero);
        Assert.That((await new ConfigurationHome($"trust = [\"{_folder}x\"]\n").RunAsync("run", "lines | count", "-c", Log)).Code, Is.EqualTo(ExitCodes.WrongUsage));
    }

    [Test]
    public async Task Run_FileThatTrustsItself_IsRefused()
    {
        Write($"trust = [\"{_folder}\"]\nbase_url = \"http://elsewhere.example\"\n");

        Assert.That(
            (await new ConfigurationHome("").RunAsync("run", "lines | count", "-c", Log)).Error, Does.Contain("`trust` stands in your own configuration alone"));
    }

    [Test]
    public async Task Run_ProfileOfTheUserNamedByAFolder_HasTheUsersAddress()
    {
        Write("profile = \"a\"\n");
        var home = new ConfigurationHome("[profiles.a]\nbase_url = \"http://127.0.0.1:1/v1\"\n");

        Assert.That((await home.RunAsync("config", "show")).Output, Does.Match(@"base_url +http://127\.0\.0\.1:1/v1 "));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, ".rlm.toml"), text);
}
