using Rlm.Cli.Tests.Configuration;

namespace Rlm.Cli.Tests.Commands;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class ConfigCommandTests
{
    [Test]
    public async Task Set_NewFile_IsMadeForTheUserAlone()
    {
        string home = TestFiles.NewDirectory();
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = home } };

        var run = await setup.RunAsync(["config", "set", "model", "qwen3:8b"]);

        string path = Path.Combine(home, "rlm", "config.toml");
        Assert.That(run, Is.EqualTo(new CliRun(0, "", $"rlm: wrote {path}\n")));
        Assert.That(File.ReadAllText(path), Is.EqualTo("model = \"qwen3:8b\"\n"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That((await setup.RunAsync(["config", "path"])).Output, Is.EqualTo(path + "\n"));
    }

    [Test]
    public async Task Set_FileWithComments_KeepsThem()
    {
        var home = new ConfigurationHome("# mine\nmodel = \"a\" # the small one\n\n# cloud\n[profiles.cloud]\nmodel = \"b\"\n");

        await home.RunAsync("config", "set", "model", "c \"d\"");
        await home.RunAsync("config", "set", "max-calls", "50");
        await home.RunAsync("config", "set", "model", "e", "--profile", "cloud");
        await home.RunAsync("config", "set", "max_cost", "2.5", "--profile", "cloud");
        await home.RunAsync("config", "set", "confirm", "true", "--profile", "new one");

        Assert.That(home.Text, Is.EqualTo(
            "# mine\nmodel = \"c \\\"d\\\"\" # the small one\n\nmax_calls = 50\n\n# cloud\n[profiles.cloud]\nmax_cost = \"2.5\"\nmodel = \"e\"\n\n"
            + "[profiles.\"new one\"]\nconfirm = true\n"));
        Assert.That((await home.RunAsync("config", "show", "--profile", "new one")).Output, Does.Match("confirm +true"));
    }

    [Test]
    public async Task Unset_Keys_LeavesTheRest()
    {
        var home = new ConfigurationHome("model = \"a\"\nmax_calls = 5 # few\n[profiles.p]\nmodel = \"b\"");

        await home.RunAsync("config", "unset", "max_calls");
        await home.RunAsync("config", "unset", "model", "--profile", "p");

        Assert.That(home.Text, Is.EqualTo("model = \"a\"\n[profiles.p]\n"));
        Assert.That((await home.RunAsync("config", "unset", "rpm")).Error, Is.EqualTo($"rlm: {home.Path_} does not set `rpm`\n"));
    }

    [Test]
    public async Task Set_Loaders_StandInTheirTable()
    {
        var home = new ConfigurationHome("model = \"a\"\n");

        await home.RunAsync("config", "set", "loaders.HEIC", "ocr \"a b\" {}");
        await home.RunAsync("config", "set", "loaders.tar.gz", "tar -xzO");
        await home.RunAsync("config", "set", "loaders.heic", "ocr {}");
        Assert.That(home.Text, Is.EqualTo("model = \"a\"\n\n[loaders]\n\"tar.gz\" = \"tar -xzO\"\nheic = \"ocr {}\"\n"));
        Assert.That(
            (await home.RunAsync("config", "show")).Output, Does.Match("(?m)^loaders.heic +ocr \\{\\} +.*:5:1$").And.Match("(?m)^loaders.tar.gz +tar -xzO +"));

        await home.RunAsync("config", "unset", "loaders.tar.gz");
        await home.RunAsync("config", "unset", "loaders.heic");
        Assert.That(home.Text, Is.EqualTo("model = \"a\"\n\n[loaders]\n"));
        Assert.That((await home.RunAsync("config", "unset", "loaders.heic")).Error, Is.EqualTo($"rlm: {home.Path_} does not set `loaders.heic`\n"));
        Assert.That(
            (await home.RunAsync("config", "set", "loaders.heic", "ocr", "--profile", "p")).Error,
            Is.EqualTo("rlm: loaders hold under every profile: leave out --profile p\n"));
    }

    [TestCase("loaders.heic", "'ocr", "`'ocr` is not a command, or `heic` not an extension: write a program and its arguments, such as 'ocr {}'")]
    [TestCase("loaders.a/b", "ocr {}", "`ocr {}` is not a command")]
    [TestCase("loaders", "ocr {}", "a loader is of an extension: rlm config set loaders.EXT 'COMMAND {}'")]
    [TestCase("max_calls", "many", "--max-calls `many` is not a whole number from 0 to 1,000,000")]
    [TestCase("modle", "a", "`modle` is not an option; did you mean `model`?")]
    [TestCase("confirm", "yes", "`confirm` is true or false")]
    [TestCase("profile", "none", "there is no profile `none`")]
    [TestCase("key", "work", "`key` needs `base_url` beside it")]
    [TestCase("trust", "/", "`trust` is a list: rlm config trust DIR adds to it")]
    public async Task Set_WhatNoRunWouldTake_IsRefusedAndNotWritten(string key, string value, string error)
    {
        var home = new ConfigurationHome("");

        var run = await home.RunAsync("config", "set", key, value);

        Assert.That((run.Code, home.Text), Is.EqualTo((ExitCodes.WrongUsage, "")), run.Error);
        Assert.That(run.Error, Does.Contain(error));
    }

    [Test]
    public async Task Show_Origins_AreThoseThatDecide()
    {
        var home = new ConfigurationHome("model = \"a\"\nmax_calls = 5\n");

        var run = await home.Setup(("RLM_MODEL", "b")).RunAsync(["config", "show"]);

        Assert.That(run.Output, Does.Match("(?m)^model +b +RLM_MODEL$").And.Match("(?m)^max_calls +5 +.*config.toml:2:1$").And.Match("(?m)^parallel +8 +default$"));
    }

    [Test]
    public async Task Trust_Folders_AreAdded()
    {
        var home = new ConfigurationHome("");
        string first = TestFiles.NewDirectory(), second = TestFiles.NewDirectory();

        foreach (string folder in (string[])[first, second, first])
            await home.RunAsync("config", "trust", folder);

        Assert.That(home.Text, Is.EqualTo($"trust = [\"{first}\", \"{second}\"]\n"));
    }

    [Test]
    public async Task Untrust_Folder_IsTakenOut()
    {
        string first = TestFiles.NewDirectory(), second = TestFiles.NewDirectory();
        var home = new ConfigurationHome($"trust = [\"{first}\", \"{second}\", \"~/work\"]\n");

        var run = await home.RunAsync("config", "untrust", first + "/");
        await home.RunAsync("config", "untrust", "~/work");
        var below = await home.RunAsync("config", "untrust", Path.Combine(second, "inner"));
        var other = await home.RunAsync("config", "untrust", first);

        Assert.That(run.Error, Does.Contain("is trusted no more"));
        Assert.That(home.Text, Is.EqualTo($"trust = [\"{second}\"]\n"));
        Assert.That((below.Code, below.Error), Is.EqualTo((ExitCodes.WrongUsage, $"rlm: {second}/inner is trusted with a folder above it: {home.Path_} trusts {second}\n")));
        Assert.That((other.Code, other.Error), Is.EqualTo((ExitCodes.WrongUsage, $"rlm: {home.Path_} does not trust {first}\n")));
    }

    [Test]
    public async Task Set_ManyAtOnce_LosesNone()
    {
        var home = new ConfigurationHome("");

        await Task.WhenAll(Enumerable.Range(1, 24).Select(i => Task.Run(() => home.RunAsync("config", "set", "max_calls", $"{i}", "--profile", $"p{i}"))));

        Assert.That(home.Text.Split('\n').Count(line => line.StartsWith("max_calls", StringComparison.Ordinal)), Is.EqualTo(24), home.Text);
    }

    [TestCase("format", "csv", "format = \"csv\"\n")]
    [TestCase("strict", "true", "strict = true\n")]
    public async Task Set_OptionsOfTheOutput_AreKept(string key, string value, string text)
    {
        var home = new ConfigurationHome("");

        await home.RunAsync("config", "set", key, value);

        Assert.That(home.Text, Is.EqualTo(text));
    }

    [Test]
    public async Task Run_ConfiguredFormat_IsThatOfValues()
    {
        var home = new ConfigurationHome("format = \"csv\"\n");
        string table = TestFiles.NewFile("a,b\n1,2\n");

        Assert.That((await home.RunAsync("run", "parse csv", "-c", table)).Output, Is.EqualTo("a,b\n1,2\n"));
        Assert.That((await home.RunAsync("run", "parse csv", "-c", table, "--format", "text")).Output, Is.EqualTo("1\t2\n"));
        Assert.That((await home.RunAsync("run", "parse csv", "-c", table, "--json")).Output, Does.StartWith("{"));
        Assert.That((await home.RunAsync("run", "parse csv", "-c", table, "--no-config")).Output, Does.StartWith("| a |"));
        Assert.That((await home.RunAsync("grammar")).Code, Is.Zero);
    }

    [Test]
    public async Task Show_ProfilesThatAreNoTables_TellsTheForm()
    {
        var home = new ConfigurationHome("profiles = 3\n");

        Assert.That((await home.RunAsync("config", "show")).Error, Is.EqualTo(
            $"rlm: {home.Path_}:1:1: profiles are tables: write [profiles.NAME] above the options of one; `profile` names the one that holds\n"));
    }
}
