using Rlm.Cli.Tests.Configuration;

namespace Rlm.Cli.Tests.Commands;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class KeysCommandTests
{
    private static readonly string Log = TestFiles.NewFile("the pump stopped\n");

    [Test]
    public async Task Set_KeyOnStdin_IsKeptForTheUserAloneAndSent()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome($"base_url = \"{server.OpenAiUrl}\"\nmodel = \"m\"\nkey = \"work\"\n");

        var set = await (home.Setup() with { Input = "sk-secret\n" }).RunAsync(["keys", "set", "work"]);
        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log, "-v");

        Assert.That(set, Is.EqualTo(new CliRun(0, "", $"rlm: `work` is kept in {home.Keys}\n")));
        Assert.That(File.GetUnixFileMode(home.Keys), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(server.Received.Single().Headers["Authorization"], Is.EqualTo("Bearer sk-secret"), run.Error);
        Assert.That(run.Error + run.Output, Does.Not.Contain("sk-secret"));
    }

    [Test]
    public async Task Set_KeyOfADeploymentOfAzure_GoesBeforeTheEnvironmentsAndIntoItsHeader()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome($"base_url = \"http://127.0.0.1:{server.Port}/openai/deployments/four\"\nkey = \"work\"\n");

        await (home.Setup() with { Input = "sk-secret\n" }).RunAsync(["keys", "set", "work"]);
        await home.Setup(("AZURE_OPENAI_API_KEY", "sk-set")).RunAsync(["run", "lines | map llm \"Why?\"", "-c", Log]);

        var request = server.Received.Single();
        Assert.That(
            (request.Path, request.Headers["api-key"]), Is.EqualTo(("/openai/deployments/four/chat/completions?api-version=2024-10-21", "sk-secret")));
    }

    [Test]
    public async Task Set_Command_IsRunWhenTheKeyIsNeeded()
    {
        await using var server = new LoopbackModelServer("why not");
        var home = new ConfigurationHome($"base_url = \"{server.OpenAiUrl}\"\nmodel = \"m\"\n");

        await home.RunAsync("keys", "set", "OPENAI_API_KEY", "--command", "printf 'sk-%s\\nmore' \"printed\"");
        Assert.That((await home.RunAsync("keys")).Output, Is.EqualTo("OPENAI_API_KEY  printf 'sk-%s\\nmore' \"printed\"\n"));
        await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);
        await home.Setup(("OPENAI_API_KEY", "sk-set")).RunAsync(["run", "lines | map llm \"Why?\"", "-c", Log]);

        Assert.That(
            server.Received.Select(request => request.Headers["Authorization"]), Is.EqualTo((string[])["Bearer sk-printed", "Bearer sk-set"]));
    }

    [TestCase("exit 3", "ended with code 3")]
    [TestCase("true", "printed none")]
    [TestCase("printf 'a b'", "printed none")]
    [TestCase("head -c 100000 /dev/zero | tr '\\0' x", "printed more than a key")]
    public async Task Run_CommandThatPrintsNoKey_Fails(string command, string error)
    {
        var home = new ConfigurationHome("base_url = \"http://127.0.0.1:1\"\nmodel = \"m\"\n");
        await home.RunAsync("keys", "set", "OPENAI_API_KEY", "--command", command);

        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);

        Assert.That((run.Code, run.Error.Contains(error, StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Failed, true)), run.Error);
    }

    [Test]
    public async Task Run_FileThatOthersRead_IsRefused()
    {
        var home = new ConfigurationHome("base_url = \"http://127.0.0.1:1\"\nmodel = \"m\"\n");
        File.WriteAllText(home.Keys, "OPENAI_API_KEY = \"sk-secret\"\n");
        File.SetUnixFileMode(home.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);

        Assert.That(run.Error, Does.Contain($"others may read or write it: chmod 600 {home.Keys}").And.Not.Contain("sk-secret"));
    }

    [TestCase("OPENAI_API_KEY = sk-secret\n")]
    [TestCase("OPENAI_API_KEY = [\"sk-secret\"]\n")]
    [TestCase("OPENAI_API_KEY = { value = \"sk-secret\" }\n")]
    public async Task Run_BrokenFile_IsToldWithoutWhatItHolds(string text)
    {
        var home = new ConfigurationHome("base_url = \"http://127.0.0.1:1\"\nmodel = \"m\"\n");
        File.WriteAllText(home.Keys, text);
        File.SetUnixFileMode(home.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var run = await home.RunAsync("run", "lines | map llm \"Why?\"", "-c", Log);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain($"{home.Keys}:1:").And.Contain("NAME = \"…\"").And.Not.Contain("secret"));
    }

    [TestCase("set", "NAME", "sk-secret")]
    [TestCase("set", "a b")]
    [TestCase("set")]
    [TestCase("put", "a")]
    [TestCase("remove", "none")]
    public async Task Run_WrongUsage_ShowsNoKey(params string[] words)
    {
        var run = await new ConfigurationHome("").RunAsync(["keys", .. words]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Not.Contain("secret"));
    }

    [TestCase("")]
    [TestCase("two words\n")]
    [TestCase("schlüssel\n")]
    public async Task Set_NoKey_IsRefused(string input)
    {
        var home = new ConfigurationHome("");

        Assert.That((await (home.Setup() with { Input = input }).RunAsync(["keys", "set", "a"])).Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(File.Exists(home.Keys), Is.False);
    }

    [Test]
    public async Task Remove_Key_ForgetsItAlone()
    {
        var home = new ConfigurationHome("");
        foreach (string name in (string[])["a", "b"])
            await (home.Setup() with { Input = "sk-" + name }).RunAsync(["keys", "set", name]);

        await home.RunAsync("keys", "remove", "a");

        Assert.That((await home.RunAsync("keys")).Output, Is.EqualTo("b\n"));
    }
}
