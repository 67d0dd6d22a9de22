namespace Rlm.Runtime.Tests.Models;

internal sealed class ModelChooserTests
{
    private const string OpenAi =
        "OPENAI_API_KEY=ok", Anthropic = "ANTHROPIC_API_KEY=ak", Router = "OPENAI_BASE_URL=https://router.example/v1";

    [TestCase("gpt-x", null, OpenAi, "Using gpt-x at https://api.openai.com/v1, because --model names it and OPENAI_API_KEY is set.", "ok")]
    [TestCase(null, null, OpenAi + ";RLM_MODEL=gpt-y", "Using gpt-y at https://api.openai.com/v1, because RLM_MODEL names it and OPENAI_API_KEY is set.", "ok")]
    [TestCase(null, null, OpenAi + ";" + Anthropic, "Using gpt-6.1-terra at https://api.openai.com/v1, because OPENAI_API_KEY is set.", "ok")]
    [TestCase("openai/gpt-x", null, OpenAi, "Using gpt-x at https://api.openai.com/v1, because --model names it and OPENAI_API_KEY is set.", "ok")]
    [TestCase(null, null, Anthropic, "Using claude-sonnet-5-5 at https://api.anthropic.com, because ANTHROPIC_API_KEY is set.", "ak")]
    [TestCase("claude-x", null, OpenAi + ";" + Anthropic + ";" + Router, "Using claude-x at https://api.anthropic.com, because --model names one of Anthropic's and ANTHROPIC_API_KEY is set.", "ak")]
    [TestCase("anthropic/claude-x", null, Anthropic, "Using claude-x at https://api.anthropic.com, because --model names one of Anthropic's and ANTHROPIC_API_KEY is set.", "ak")]
    [TestCase("anthropic/claude-x", null, OpenAi + ";" + Router, "Using anthropic/claude-x at https://router.example/v1, because --model and OPENAI_BASE_URL say so.", "ok")]
    [TestCase("m", "http://127.0.0.1:9/v1/", Anthropic, "Using m at http://127.0.0.1:9/v1, because --model and --base-url say so.", null)]
    [TestCase("claude-x", "http://127.0.0.1:9/v1", Anthropic + ";" + OpenAi, "Using claude-x at http://127.0.0.1:9/v1, because --model and --base-url say so.", "ok")]
    [TestCase("claude-x", "https://api.anthropic.com/v1", Anthropic, "Using claude-x at https://api.anthropic.com, because --base-url is Anthropic's address.", "ak")]
    [TestCase("claude-x", "api.anthropic.com", Anthropic, "Using claude-x at https://api.anthropic.com, because --base-url is Anthropic's address.", "ak")]
    [TestCase(null, "http://api.openai.com/v1", OpenAi, "Using gpt-6.1-terra at https://api.openai.com/v1, because --base-url is OpenAI's address.", "ok")]
    [TestCase(null, "https://api.openai.com/v1", OpenAi, "Using gpt-6.1-terra at https://api.openai.com/v1, because --base-url is OpenAI's address.", "ok")]
    public async Task Choose_Configured_AsksNobody(string? model, string? baseUrl, string environment, string reason, string? key)
    {
        var selection = await Chooser(environment).ChooseAsync(model, baseUrl);

        Assert.That(selection.Reason, Is.EqualTo(reason));
        Assert.That(selection.Endpoint!.Key, Is.EqualTo(key));
        Assert.That(selection.Endpoint.Provider, Is.EqualTo(key == "ak" ? ModelProvider.Anthropic : ModelProvider.OpenAi));
    }

    [TestCase("offline", OpenAi, "Using the offline model, as --model says.")]
    [TestCase(null, OpenAi + ";RLM_MODEL=offline", "Using the offline model, as RLM_MODEL says.")]
    public async Task Choose_Offline_HasNoEndpoint(string? model, string environment, string reason) =>
        Assert.That(await Chooser(environment).ChooseAsync(model, null), Is.EqualTo(new ModelSelection(null, reason)));

    [Test]
    public async Task Choose_NothingSetAndNoServer_IsOffline() =>
        Assert.That(await Chooser("OPENAI_API_KEY= ", local: []).ChooseAsync(null, null), Is.EqualTo(
            new ModelSelection(
                null, "Using the offline model, because no model is set (--model, --base-url, an API key) and no local server answers.")));

    [Test]
    public async Task Choose_NothingSetAndServers_TakesTheFirstThatChats()
    {
        var chooser = Chooser("", local: new() { [8000] = ["v"], [1234] = ["text-embedding-x", "qwen", "phi"] });

        var selection = await chooser.ChooseAsync(null, null);

        Assert.That(
            selection.Reason,
            Is.EqualTo(
                "Using qwen at http://127.0.0.1:1234/v1, because a local server (LM Studio's port) offers it first of 3 and no key is set; --model takes another."));
    }

    [Test]
    public async Task Choose_ModelOfALocalServer_IsFound()
    {
        var chooser = Chooser("", local: new() { [11434] = ["llama3:latest", "qwen3:8b"], [8000] = ["other"] });

        Assert.That(
            (await chooser.ChooseAsync("other", null)).Endpoint,
            Is.EqualTo(new ModelEndpoint(ModelProvider.OpenAi, new("http://127.0.0.1:8000/v1"), "other")));
        Assert.That((await chooser.ChooseAsync("llama3", null)).Endpoint!.Model, Is.EqualTo("llama3:latest"));
        await Assert.ThatAsync(() => chooser.ChooseAsync("phi", null), Throws.TypeOf<ModelException>().With.Message.EqualTo(
            "No local server offers `phi`: take one of llama3:latest, qwen3:8b, other, or set --base-url or an API key."));
    }

    [Test]
    public async Task Choose_BaseUrlWithOneModel_TakesIt()
    {
        var selection = await Chooser("", listed: ["only"]).ChooseAsync(null, "127.0.0.1:9/v1");

        Assert.That(
            selection.Reason, Is.EqualTo("Using only at http://127.0.0.1:9/v1, because it is the only model that --base-url offers."));
        Assert.That(selection.WindowTokens, Is.EqualTo(4096));
    }

    [TestCase("a,b", null, "http://host/v1", "", "http://host/v1 offers 2 models; name one with --model: a, b.")]
    [TestCase("", null, "http://host/v1", "", "http://host/v1 lists no models; name one with --model.")]
    [TestCase("", null, "ftp://host", "", "--base-url is not an http or https address; write it like http://127.0.0.1:8000/v1.")]
    [TestCase("", "claude-x", null, OpenAi, "The model `claude-x` is Anthropic's: set ANTHROPIC_API_KEY, or --base-url for a router that offers it.")]
    [TestCase("", "gpt-x", null, "", "Nothing says where the model `gpt-x` is: set --base-url or OPENAI_API_KEY, or start a local server.")]
    public async Task Choose_NoOneModel_SaysWhatToSet(string listed, string? model, string? baseUrl, string environment, string message)
    {
        var chooser = Chooser(environment, local: [], listed: listed.Split(',', StringSplitOptions.RemoveEmptyEntries));

        var thrown = await Assert.ThrowsAsync<ModelException>(() => chooser.ChooseAsync(model, baseUrl));

        Assert.That(thrown!.Failure, Is.EqualTo(ModelFailure.NotChosen));
        Assert.That(thrown.Message, Is.EqualTo(message));
    }

    [Test]
    public async Task Choose_RealEndpoint_ListsItsModels()
    {
        await using var server = new LoopbackModelServer("") { Models = ["served"] };

        var selection = await new ModelChooser(ModelClients.Http, _ => null).ChooseAsync(null, server.OpenAiUrl.AbsoluteUri);

        Assert.That(selection.Endpoint!.Model, Is.EqualTo("served"));
    }

    /// <summary>Whoever calls the library knows its parameters, and no flags of a command line.</summary>
    [Test]
    public async Task Choose_WithoutOptionNames_NamesItsParameters()
    {
        var chooser = Chooser("OPENAI_API_KEY= ", local: [], isNamed: false);

        Assert.That((await chooser.ChooseAsync("offline", null)).Reason, Is.EqualTo("Using the offline model, as model says."));
        Assert.That((await chooser.ChooseAsync(null, null)).Reason, Does.Contain("no model is set (model, baseUrl, an API key)"));
        await Assert.ThatAsync(
            () => chooser.ChooseAsync("gpt-x", null), Throws.TypeOf<ModelException>().With.Message.Contains("set baseUrl or OPENAI_API_KEY"));
    }

    private static ModelChooser Chooser(
        string environment, Dictionary<int, string[]>? local = null, string[]? listed = null, bool isNamed = true)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new(
            variables.GetValueOrDefault,
            (_, _) => Task.FromResult(Listings(listed ?? throw new AssertionException("An endpoint was asked."))),
            (url, _) => Task.FromResult((local ?? throw new AssertionException("A local server was asked."))
                .TryGetValue(url.Port, out var names) ? Listings(names) : null),
            isNamed ? new Dictionary<string, string> { ["model"] = "--model", ["baseUrl"] = "--base-url" } : null);
    }

    private static IReadOnlyList<ModelListing> Listings(string[] names) => [.. names.Select(name => new ModelListing(name, 4096))];
}
