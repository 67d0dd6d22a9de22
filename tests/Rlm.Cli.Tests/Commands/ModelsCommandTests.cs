namespace Rlm.Cli.Tests.Commands;

internal sealed class ModelsCommandTests
{
    private const string Key = "sk-secret-0123456789";

    [Test]
    public async Task RunAsync_Endpoint_ListsItsModelsAndMarksTheChosenOne()
    {
        await using var server = new LoopbackModelServer("unused") { Models = ["beta", "alpha"] };

        var run = await CliRun.RunAsync("models", "--base-url", server.OpenAiUrl.ToString(), "-m", "beta");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo("  alpha\n* beta\n"));
    }

    [Test]
    public async Task RunAsync_ModelOfLlamaCpp_HasTheWindowThatItsServerGives()
    {
        await using var server = new LoopbackModelServer("unused")
        {
            ModelsReply = LoopbackReply.Raw("""{"data":[{"id":"q.gguf","owned_by":"llamacpp","meta":{"n_ctx_train":131072}}]}"""),
            Pages = new Dictionary<string, string> { ["/props"] = """{"default_generation_settings":{"n_ctx":8192}}""" },
        };

        var chosen = await CliRun.RunAsync("models", "--base-url", server.OpenAiUrl.ToString(), "-m", "q.gguf");
        var listed = await CliRun.RunAsync("models", "--base-url", server.OpenAiUrl.ToString());

        Assert.That(chosen.Output, Is.EqualTo("* q.gguf  8,192 tokens\n"));
        Assert.That(listed.Output, Is.EqualTo(chosen.Output));
    }

    [Test]
    public async Task RunAsync_EndpointWithoutAModel_StillLists()
    {
        await using var server = new LoopbackModelServer("unused") { Models = ["beta", "alpha"] };

        var run = await CliRun.RunAsync("models", "--base-url", server.OpenAiUrl.ToString());

        Assert.That(run, Is.EqualTo(new CliRun(0, "  alpha\n  beta\n", "")));
    }

    [Test]
    public async Task RunAsync_Offline_SaysSo()
    {
        var run = await CliRun.RunAsync("models", "-m", "offline");

        Assert.That(run.Code, Is.Zero);
        Assert.That(run.Output, Is.EqualTo("* offline\n"));
        Assert.That(run.Error, Does.Contain("offline model"));
    }

    [Test]
    public async Task RunAsync_EndpointDown_FailsInOneLine()
    {
        var run = await CliRun.RunAsync("models", "--base-url", "http://127.0.0.1:1/v1");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("rlm: ").And.Contain("127.0.0.1:1"));
    }

    [Test]
    public async Task RunAsync_Unauthorized_NeverShowsTheKey()
    {
        await using var server = new LoopbackModelServer("unused")
        {
            ModelsReply = LoopbackReply.Error(
            401, $"{{\"error\":{{\"message\":\"bad key {Key}\"}}}}")
        };
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = Key } };

        var run = await setup.RunAsync(["models", "--base-url", server.OpenAiUrl.ToString()]);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(run.Error, Does.Contain("401").And.Not.Contain(Key));
    }

    [Test]
    public async Task RunAsync_NoAddress_FailsInOneLine()
    {
        var run = await CliRun.RunAsync("models", "--base-url", "ftp://x");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Is.EqualTo("rlm: --base-url is not an http or https address; write it like http://127.0.0.1:8000/v1.\n"));
    }
}
