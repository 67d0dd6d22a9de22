
namespace Rlm.Cli.Tests.Configuration;

/// <summary>What a run takes of a configuration.</summary>
internal sealed class ConfiguredRunTests
{
    private static readonly string Log = TestFiles.NewFile("the pump stopped\n");

    [Test]
    public async Task Run_Configuration_StandsInForOptions()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome($"base_url = \"{server.OpenAiUrl}\"\nmodel = \"small\"\n");

        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);

        Assert.That((run.Code, server.Received.Single().Model), Is.EqualTo((0, "small")), run.Error);
    }

    [Test]
    public async Task Run_Profile_GoesBeforeWhatHoldsForAll()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome(
            $"profile = \"a\"\nmodel = \"small\"\n[profiles.a]\nmodel = \"mean\"\n[profiles.b]\nmodel = \"large\"\nbase_url = \"{server.OpenAiUrl}\"\n");
        string[] args = ["run", "lines | map llm \"Why?\"", "-c", Log, "--base-url", server.OpenAiUrl.ToString()];

        await home.RunAsync([.. args[..4], "--profile", "b"]);
        await home.Setup(("RLM_PROFILE", "b")).RunAsync(args[..4]);
        await home.Setup(("RLM_MODEL", "other")).RunAsync([.. args[..4], "--profile", "b"]);
        await home.RunAsync([.. args, "-m", "own"]);

        Assert.That(server.Received.Select(request => request.Model), Is.EqualTo((string[])["large", "large", "other", "own"]));
    }

    [Test]
    public async Task Run_ModelsOfTheConfiguration_AreNotThoseOfAnAddressOnTheCommandLine()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome("base_url = \"http://127.0.0.1:1\"\nmodel = \"there\"\nkey = \"there\"\nsub_model = \"there too\"\n");

        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "here");

        Assert.That((run.Code, server.Received.Single().Model), Is.EqualTo((0, "here")), run.Error);
        Assert.That(server.Received.Single().Headers, Does.Not.ContainKey("Authorization"));
    }

    [Test]
    public async Task Run_ModelOnTheCommandLine_IsTheOneOfStages()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome($"base_url = \"{server.OpenAiUrl}\"\nmodel = \"root\"\nsub_model = \"sub\"\n");

        await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);
        await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "-m", "mine");

        Assert.That(server.Received.Select(request => request.Model), Is.EqualTo((string[])["sub", "mine"]));
    }

    [Test]
    public async Task Run_LimitOutOfRange_NamesItsPlace()
    {
        var home = new ConfigurationHome("# mine\nmax_calls = -1\n");

        var run = await home.RunAsync("run", "lines | count", "-c", Log);

        Assert.That(run, Is.EqualTo(new CliRun(
            ExitCodes.WrongUsage, "", $"rlm: {home.Path_}:2:1: --max-calls `-1` is not a whole number from 0 to 1,000,000\nsee rlm run --help\n")));
    }

    [TestCase("max_calls = \"4\"\n", "0")]
    [TestCase("max_calls = 1_000\n", "0")]
    [TestCase("timeout = \"30s\"\nparallel = \"auto\"\nmax_cost = 1.5\nprice = \"1/2\"\n", "0")]
    [TestCase("max_cals = 4\n", ":1:1: `max_cals` is not an option; did you mean `max_calls`?")]
    [TestCase("\nmax_calls = [4]\n", ":2:1: `max_calls` has one value: write max_calls = N")]
    [TestCase("max_calls = true\n", ":1:1: `max_calls` is not a flag: write max_calls = N")]
    [TestCase("confirm = \"yes\"\n", ":1:1: `confirm` is true or false")]
    [TestCase("confirm = false\n", "0")]
    [TestCase("model = \n", "it is not TOML:")]
    [TestCase("model = \"a\"\nmodel = \"b\"\n", "it is not TOML:")]
    [TestCase("key = \"work\"\n", ":1:1: `key` needs `base_url` beside it, the address that the key is for")]
    [TestCase("base_url = \"http://localhost\"\n[profiles.a]\nkey = \"work\"\n", ":3:1: `key` needs `base_url` beside it")]
    [TestCase("profile = \"b\"\n[profiles.a]\nmodel = \"x\"\n", ":1:1: there is no profile `b`: there are a")]
    [TestCase("[server.tokens.a]\nmax_calls = 1\n", ":1:1: the token has no key: write key = \"NAME\", and rlm keys set NAME")]
    [TestCase("[server.tokens.a]\nkey = \"k\"\nmax_calls = 0\n", ":3:1: this is not a whole number from 1 to 1,000,000,000")]
    [TestCase("[server.tokens.a]\nkey = \"k\"\nmax_cost = -1\n", ":3:1: this is not an amount of US dollars above 0 and up to 1,000,000")]
    [TestCase("[server.tokens.a]\nkey = \"k\"\nsecret = \"s\"\n", ":3:1: `secret` is nothing of a token: there are key, max_calls, max_cost, parallel")]
    [TestCase("[server.tokens.\"a b\"]\nkey = \"k\"\n", ":1:1: `a b` cannot name a token: write letters, digits, _ and -")]
    [TestCase("[profile.a]\nmodel = \"x\"\n", ":1:1: this table is neither a profile nor a token nor loaders: write [profiles.NAME], [server.tokens.NAME] or [loaders]")]
    [TestCase("[[profiles]]\nmodel = \"x\"\n", ":1:1: this table is neither a profile nor a token nor loaders: write [profiles.NAME], [server.tokens.NAME] or [loaders]")]
    [TestCase("a.b = 1\n", "a key with dots is not an option")]
    public async Task Run_Configuration_IsReadOrRefused(string text, string expected)
    {
        var home = new ConfigurationHome(text);

        var run = await home.RunAsync("run", "lines | count", "-c", Log);

        if (expected == "0")
            Assert.That(run, Is.EqualTo(run with { Code = 0, Output = "1\n" }));
        else
            Assert.That((run.Code, run.Error.Contains(expected, StringComparison.Ordinal)), Is.EqualTo((ExitCodes.WrongUsage, true)), run.Error);
    }

    [Test]
    public async Task Run_BrokenConfiguration_HindersNothingThatTakesNone()
    {
        var home = new ConfigurationHome("model = \n");

        Assert.That((await home.RunAsync("check", "lines | count")).Code, Is.Zero);
        Assert.That((await home.RunAsync("run", "lines | count", "-c", Log, "--no-config")).Output, Is.EqualTo("1\n"));
        Assert.That((await home.RunAsync("run", "--help")).Code, Is.Zero);
    }

    [Test]
    public async Task Run_NamedConfiguration_HasToBeThere()
    {
        var run = await new CliSetup { Environment = new Dictionary<string, string> { ["RLM_CONFIG"] = "/no/such" } }.RunAsync(["run", "lines", "-c", Log]);

        Assert.That(run.Error, Does.StartWith("rlm: /no/such cannot be read: "));
    }

    [Test]
    public async Task Replay_ConfiguredRun_IsTheSameWithoutTheConfiguration()
    {
        await using var server = new LoopbackModelServer(_ => LoopbackReply.Text("why not"));
        var home = new ConfigurationHome($"base_url = \"{server.OpenAiUrl}\"\nmodel = \"small\"\nmax_calls = 1\n");
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "--journal", journal);
        File.WriteAllText(home.Path_, "max_calls = 0\n");

        var replay = await home.RunAsync("replay", journal);

        Assert.That((run.Code, replay.Output), Is.EqualTo((0, run.Output)), replay.Error);
        Assert.That(File.ReadAllText(journal), Does.Contain("--max-calls"));
    }
}
