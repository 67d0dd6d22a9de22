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
        var home = new ConfigurationHome($"trust = [\"{_folder}\"]\nmax_calls = 1\nmax_steps = 7\n");

        var shown = await home.RunAsync("config", "show");

        Assert.That(shown.Output, Does.Match(@"(?m)^max_calls +3 +.*\.rlm\.toml:1:1$").And.Match(@"(?m)^max_steps +7 +.*config\.toml:3:1$"));
    }

    [TestCase("base_url = \"http://elsewhere.example\"\n")]
    [TestCase("profile = \"other\"\n")]
    [TestCase("model = \"other\"\n")]
    [TestCase("price = \"0/0\"\nmax_cost = 1000\n")]
    [TestCase("this is not TOML\n")]
    public async Task Run_FolderThatIsNotTrusted_IsToldAndLeftOut(string text)
    {
        Write(text);
        var home = new ConfigurationHome("model = \"mine\"\n[profiles.other]\nmodel = \"other\"\n");

        var shown = await home.RunAsync("config", "show", "-q");

        Assert.That((shown.Code, shown.Error), Is.EqualTo((0, $"rlm: {Path.Combine(_folder, ".rlm.toml")} is left out, since its folder is not trusted: rlm config trust {_folder}\n")));
        Assert.That(shown.Output, Does.Match("(?m)^model +mine ").And.Not.Contain("elsewhere").And.Not.Contain("0/0"));
    }

    [Test]
    public async Task Trust_Folder_HasItsFileRead()
    {
        Write("max_calls = 3\n");
        var home = new ConfigurationHome("");

        Assert.That((await home.RunAsync("config", "trust", _folder)).Error, Does.EndWith($"rlm: {_folder} is trusted\n"));
        Assert.That((await home.RunAsync("config", "show")).Output, Does.Match("(?m)^max_calls +3 "));
        Assert.That((await home.RunAsync("config", "trust")).Error, Does.EndWith("down is trusted, and has no .rlm.toml yet\n"));
    }

    [Test]
    public async Task Run_FolderInATrustedOne_IsTrustedByItsRealPath()
    {
        Write("base_url = \"http://127.0.0.1:1\"\n");
        string link = Path.Combine(TestFiles.NewDirectory(), "link");
        Directory.CreateSymbolicLink(link, _folder);

        Assert.That((await new ConfigurationHome($"trust = [\"{link}\"]\n").RunAsync("config", "show")).Output, Does.Contain("http://127.0.0.1:1"));
        Assert.That((await new ConfigurationHome($"trust = [\"{_folder}x\"]\n").RunAsync("config", "show")).Output, Does.Not.Contain("http://127.0.0.1:1"));
    }

    [Test]
    public async Task Run_FileThatTrustsItself_IsRefused()
    {
        Write($"trust = [\"{_folder}\"]\nbase_url = \"http://elsewhere.example\"\n");

        Assert.That(
            (await new ConfigurationHome($"trust = [\"{_folder}\"]\n").RunAsync("run", "lines | count", "-c", Log)).Error, Does.Contain("`trust` stands in your own configuration alone"));
    }

    [Test]
    public async Task Run_ProfileOfTheUserNamedByAFolder_HasTheUsersAddress()
    {
        Write("profile = \"a\"\n");
        var home = new ConfigurationHome($"trust = [\"{_folder}\"]\n[profiles.a]\nbase_url = \"http://127.0.0.1:1/v1\"\n");

        Assert.That((await home.RunAsync("config", "show")).Output, Does.Match(@"base_url +http://127\.0\.0\.1:1/v1 "));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, ".rlm.toml"), text);
}
