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
}
