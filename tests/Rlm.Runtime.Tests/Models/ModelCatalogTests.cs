namespace Rlm.Runtime.Tests.Models;

internal sealed class ModelCatalogTests
{
    [TestCase("openai", "/v1/models")]
    [TestCase("anthropic", "/v1/models?limit=1000")]
    public async Task List_Models_KeepsTheirOrder(string provider, string path)
    {
        await using var server = new LoopbackModelServer("") { Models = ["b", "a"] };
        var endpoint = new ModelEndpoint(
            ModelClients.Provider(provider), provider == "anthropic" ? server.AnthropicUrl : server.OpenAiUrl, "", ModelClients.Key);

        var models = await ModelCatalog.ListAsync(ModelClients.Http, endpoint);

        Assert.That(models.Select(model => model.Id), Is.EqualTo(["b", "a"]));
        Assert.That(server.Questions[0].Path, Is.EqualTo(path));
        Assert.That(server.Questions[0].Headers.Values, Has.Some.Contains(ModelClients.Key));
    }

    [Test]
    public async Task List_WindowGiven_IsRead()
    {
        await using var server = new LoopbackModelServer("")
        {
            ModelsReply = LoopbackReply.Raw(
                """{"data":[{"id":"v","max_model_len":32768},{"id":"r","context_length":8192},{"id":"claude-a","max_input_tokens":1000000,"max_tokens":128000},{"id":"bad\u001b[31m"},{}]}"""),
        };

        var models = await ModelCatalog.ListAsync(ModelClients.Http, new(ModelProvider.OpenAi, server.OpenAiUrl, ""));

        Assert.That(
            models, Is.EqualTo([new ModelListing("v", 32768), new ModelListing("r", 8192), new ModelListing("claude-a", 1_000_000)]));
    }

    [Test]
    public async Task List_Unauthorized_SaysSoWithoutTheKey()
    {
        await using var server = new LoopbackModelServer("") { ModelsReply = LoopbackReply.Error(401, ModelClients.Key) };

        var thrown = await Assert.ThrowsAsync<ModelException>(() =>
            ModelCatalog.ListAsync(ModelClients.Http, new(ModelProvider.OpenAi, server.OpenAiUrl, "", ModelClients.Key)));

        Assert.That(thrown!.Message, Is.EqualTo($"{server.OpenAiUrl}/models answered 401 Unauthorized: [key]; check the API key"));
    }

    [Test]
    public async Task TryListLocal_Server_ListsAndOtherwiseIsNull()
    {
        await using var server = new LoopbackModelServer("");
        await using var page = new LoopbackModelServer("") { ModelsReply = LoopbackReply.Html() };
        await using var silent = new LoopbackModelServer("") { ModelsReply = LoopbackReply.Hang() };
        var gone = new LoopbackModelServer("");
        await gone.DisposeAsync();

        Assert.That(await TryListAsync(server.OpenAiUrl), Has.Count.EqualTo(1));
        Assert.That(await TryListAsync(page.OpenAiUrl), Is.Null);
        Assert.That(await TryListAsync(silent.OpenAiUrl, TimeSpan.FromMilliseconds(250)), Is.Null);
        Assert.That(await TryListAsync(new($"http://127.0.0.1:{gone.Port}/v1")), Is.Null);
    }

    private static Task<IReadOnlyList<ModelListing>?> TryListAsync(Uri url, TimeSpan? timeout = null) =>
        ModelCatalog.TryListLocalAsync(
            ModelClients.Http, url, timeout ?? TimeSpan.FromMinutes(5), TimeProvider.System, CancellationToken.None);
}
