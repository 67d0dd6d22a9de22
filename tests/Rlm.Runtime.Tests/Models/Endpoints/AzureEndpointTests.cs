using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models.Endpoints;

/// <summary>Azure's addresses, its header for the key, and headers of other gateways.</summary>
internal sealed class AzureEndpointTests
{
    private const string Deployment = "https://r.openai.azure.com/openai/deployments/four";

    [TestCase("r.openai.azure.com", "m", "https://r.openai.azure.com/openai/v1", "m")]
    [TestCase("https://r.openai.azure.com/", "m", "https://r.openai.azure.com/openai/v1", "m")]
    [TestCase("https://r.services.ai.azure.com/openai/v1/", "m", "https://r.services.ai.azure.com/openai/v1", "m")]
    [TestCase(Deployment, null, Deployment + "?api-version=2024-10-21", "four")]
    [TestCase(Deployment + "/chat/completions?api-version=2025-01-01-preview", null, Deployment + "?api-version=2025-01-01-preview", "four")]
    [TestCase("https://gateway.example/openai/deployments/four%20o", null, "https://gateway.example/openai/deployments/four%20o?api-version=2024-10-21", "four o")]
    public async Task Choose_AnAddressOfAzure_IsCompleted(string baseUrl, string? model, string url, string chosen)
    {
        var selection = await Chooser("OPENAI_API_KEY=ok;AZURE_OPENAI_API_KEY=ak").ChooseAsync(model, baseUrl);

        Assert.That(
            (selection.Endpoint!.BaseUrl.AbsoluteUri, selection.Endpoint.Model, selection.Endpoint.Key), Is.EqualTo((url, chosen, "ak")));
    }

    [Test]
    public async Task Choose_AzureOfTheEnvironment_IsTakenBehindOtherKeys()
    {
        const string Azure = "AZURE_OPENAI_ENDPOINT=https://r.openai.azure.com/;OPENAI_API_VERSION=2030-01-01";

        var alone = await Chooser(Azure).ChooseAsync("four", null);
        var other = await Chooser($"{Azure};OPENAI_API_KEY=ok").ChooseAsync("four", null);
        var old = await Chooser($"AZURE_OPENAI_ENDPOINT={Deployment};OPENAI_API_VERSION=2030-01-01").ChooseAsync(null, null);

        Assert.That(alone.Reason, Is.EqualTo("Using four at https://r.openai.azure.com/openai/v1, because --model and AZURE_OPENAI_ENDPOINT say so."));
        Assert.That(other.Endpoint!.BaseUrl, Is.EqualTo(ModelProvider.OpenAi.Url));
        Assert.That(old.Endpoint!.BaseUrl.AbsoluteUri, Is.EqualTo($"{Deployment}?api-version=2030-01-01"));
    }

    [Test]
    public void Choose_AzureWithoutADeployment_SaysWhatToName() => Assert.That(
        async () => await Chooser("").ChooseAsync(null, "https://r.openai.azure.com"),
        Throws.TypeOf<ModelException>().With.Message.EqualTo("--base-url is an address of Azure; name the deployment with --model."));

    [Test]
    public async Task GetResponse_AtADeployment_GoesToTheModelsOwn()
    {
        await using var server = new LoopbackModelServer("yes");
        var address = new Uri($"http://127.0.0.1:{server.Port}/openai/deployments/four?api-version=2024-10-21");
        using var client = Client(new(ModelProvider.OpenAi, address, "five mini", ModelClients.Key));

        var response = await client.GetResponseAsync("Hello?");

        var request = server.Received.Single();
        Assert.That(response.Text, Is.EqualTo("yes"));
        Assert.That(request.Path, Is.EqualTo("/openai/deployments/five%20mini/chat/completions?api-version=2024-10-21"));
        Assert.That(request.Headers["api-key"], Is.EqualTo(ModelClients.Key));
        Assert.That(request.Headers, Does.Not.ContainKey("Authorization"));
        Assert.That(
            async () => await client.GetResponseAsync("Hello?", new() { ModelId = "six" }),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("The address names the deployment `five mini`: make a client for `six`."));
    }

    [Test]
    public async Task List_AtADeployment_AsksTheResource()
    {
        await using var server = new LoopbackModelServer("none") { Models = ["four", "five"] };
        var address = new Uri($"http://127.0.0.1:{server.Port}/openai/deployments/four?api-version=2024-10-21");

        var models = await ModelCatalog.ListAsync(ModelClients.Http, new(ModelProvider.OpenAi, address, "four", ModelClients.Key));

        Assert.That(models.Select(model => model.Id), Is.EqualTo(new[] { "four", "five" }));
        Assert.That(server.Questions.Single().Path, Is.EqualTo("/openai/models?api-version=2024-10-21"));
    }

    [Test]
    public async Task GetResponse_KeyHeader_HoldsTheKeyAlone()
    {
        await using var server = new LoopbackModelServer("yes");
        var selection = await Chooser("OPENAI_API_KEY=" + ModelClients.Key + ";RLM_KEY_HEADER=Ocp-Apim-Subscription-Key")
            .ChooseAsync("m", server.OpenAiUrl.AbsoluteUri);
        using var client = Client(selection.Endpoint!);

        await client.GetResponseAsync("Hello?");

        Assert.That(server.Received.Single().Headers["Ocp-Apim-Subscription-Key"], Is.EqualTo(ModelClients.Key));
        Assert.That(server.Received.Single().Headers, Does.Not.ContainKey("Authorization"));
    }

    [Test]
    public async Task Choose_KeyHeader_IsNotForAProvidersOwnAddress() => Assert.That(
        (await Chooser("OPENAI_API_KEY=ok;RLM_KEY_HEADER=x").ChooseAsync("m", "https://api.openai.com/v1")).Endpoint!.KeyHeader, Is.Null);

    [Test]
    public void Client_KeyHeaderThatIsNone_SaysSo() => Assert.That(
        () => Client(new(ModelProvider.OpenAi, new Uri("http://127.0.0.1:9/v1"), "m", ModelClients.Key) { KeyHeader = "x key:" }),
        Throws.TypeOf<ModelException>().With.Message.EqualTo("`x key:` is not the name of a header: write one for the key such as X-Key."));

    private static OpenAiChatClient Client(ModelEndpoint endpoint) => new(ModelClients.Http, endpoint, ModelClients.Fast);

    private static ModelChooser Chooser(string environment)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new ModelChooser(
            variables.GetValueOrDefault,
            (_, _) => throw new AssertionException("a list was asked for"),
            (_, _) => Task.FromResult<IReadOnlyList<ModelListing>?>(null),
            new Dictionary<string, string> { ["model"] = "--model", ["baseUrl"] = "--base-url" });
    }
}
