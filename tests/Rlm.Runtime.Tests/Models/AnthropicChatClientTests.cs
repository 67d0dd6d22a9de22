using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models;

internal sealed class AnthropicChatClientTests
{
    [Test]
    public async Task GetResponse_FullOptions_SendsEachAndMapsReply()
    {
        await using var server = new LoopbackModelServer(
            new LoopbackReply { Body = "two blocks joined", InputTokens = 100, CachedTokens = 40, OutputTokens = 5 });
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic);

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Where?"), new(ChatRole.Assistant, "Here."), new(ChatRole.User, "Why?")],
            new() { Instructions = "First of all.", Temperature = 0.2f, MaxOutputTokens = 50, Seed = 7, StopSequences = ["END"] });

        var request = server.Received[0];
        Assert.That(request.Path, Is.EqualTo("/v1/messages"));
        Assert.That(request.Headers["x-api-key"], Is.EqualTo(ModelClients.Key));
        Assert.That(request.Headers["anthropic-version"], Is.EqualTo("2023-06-01"));
        Assert.That(request.Body, Is.EqualTo(
            """{"model":"test-model","max_tokens":50,"system":[{"type":"text","text":"First of all.\n\nBe brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Where?"}]},{"role":"assistant","content":[{"type":"text","text":"Here."}]},{"role":"user","content":[{"type":"text","text":"Why?"}]}],"temperature":0.2,"stop_sequences":["END"]}"""));
        Assert.That(response.Text, Is.EqualTo("two blocks joined"));
        Assert.That(response.FinishReason, Is.EqualTo(ChatFinishReason.Stop));
        Assert.That(response.Usage!.InputTokenCount, Is.EqualTo(100));
        Assert.That(response.Usage.CachedInputTokenCount, Is.EqualTo(40));
        Assert.That(response.Usage.TotalTokenCount, Is.EqualTo(105));
    }

    [Test]
    public async Task GetResponse_LongSystemPrompt_IsMarkedForTheCacheWithItsHistory()
    {
        await using var server = new LoopbackModelServer("yes");
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic);

        await client.GetResponseAsync([new(ChatRole.System, new string('s', 5_000)), new(ChatRole.User, "Where?"),
            new(ChatRole.Assistant, "Here."), new(ChatRole.User, "Why?")]);

        var request = server.Received[0].Json;
        Assert.That(request.GetProperty("system")[0].GetProperty("cache_control").GetProperty("type").GetString(), Is.EqualTo("ephemeral"));
        Assert.That(request.GetProperty("messages").EnumerateArray().Select(
            message => message.GetProperty("content")[0].TryGetProperty("cache_control", out _)), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public async Task GetResponse_NoOutputLimit_SendsTheTraits()
    {
        await using var server = new LoopbackModelServer("yes");
        using var client = ModelClients.Connect(
            server, ModelProvider.Anthropic, ModelClients.Fast with { Traits = new() { MaxOutputTokens = 321 } });

        await client.GetResponseAsync("Hello?");

        Assert.That(server.Received[0].Json.GetProperty("max_tokens").GetInt32(), Is.EqualTo(321));
    }

    [Test]
    public async Task GetResponse_Schema_IsTheFormatOfTheOutput()
    {
        await using var server = new LoopbackModelServer("""{"team":"Reds"}""");
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic);
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"team":{"type":"string"}},"required":["team"],"additionalProperties":false}""");

        var response = await client.GetResponseAsync(
            "Who won?",
            new() { MaxOutputTokens = 50, ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "winner", "Who won, if \"any\".") });

        Assert.That(server.Received[0].Body, Is.EqualTo(
            """{"model":"test-model","max_tokens":50,"messages":[{"role":"user","content":[{"type":"text","text":"Who won?"}]}],"output_config":{"format":{"type":"json_schema","schema":{"description":"Who won, if \"any\".","type":"object","properties":{"team":{"type":"string"}},"required":["team"],"additionalProperties":false}}}}"""));
        Assert.That(response.Text, Is.EqualTo("""{"team":"Reds"}"""));
    }

    [Test]
    public void GetResponse_JsonWithoutSchema_IsRefusedByName() => Assert.That(
        async () => await new AnthropicChatClient(ModelClients.Http, new(ModelProvider.Anthropic, ModelProvider.Anthropic.Url, "m"))
            .GetResponseAsync("Who won?", new() { ResponseFormat = ChatResponseFormat.Json }),
        Throws.TypeOf<NotSupportedException>().With.Message.Contains("ChatOptions.ResponseFormat"));

    [Test]
    public void GetService_KnownTypes_AreAnswered()
    {
        using var client = new AnthropicChatClient(ModelClients.Http, new(ModelProvider.Anthropic, ModelProvider.Anthropic.Url, "m"));

        Assert.That(client.GetRequiredService<ChatClientMetadata>().ProviderName, Is.EqualTo("anthropic"));
        Assert.That(client.GetRequiredService<ChatClientTraits>().WindowTokens, Is.EqualTo(200_000));
    }

    [TestCase("""{"content":[],"stop_reason":"refusal"}""", ModelFailure.Refused)]
    [TestCase("""{"content":[],"stop_reason":"end_turn"}""", ModelFailure.EmptyReply)]
    [TestCase("""{"content":[{"type":"thinking","thinking":"…"}],"stop_reason":"max_tokens"}""", ModelFailure.OutputLimit)]
    [TestCase("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ModelFailure.ServerError)]
    public async Task GetResponse_NoText_SaysWhy(string body, ModelFailure expected)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(body));
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic);

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(expected));
    }

    [TestCase("test-model 1/2 cached 0.1", 0.000715)]
    [TestCase("test-model 1/2 cached 0.1 written 3", 0.001115)]
    [TestCase("test-model 1/2 written 3", 0.001385)]
    public async Task Cost_TokensOfTheProvidersCache_AreChargedApart(string prices, double cost)
    {
        const string reply =
            """{"content": [{"type": "text", "text": "fine"}], "stop_reason": "end_turn", "usage": {"input_tokens": 475, "cache_read_input_tokens": 300, "cache_creation_input_tokens": 200, "output_tokens": 5}}""";
        await using var server = new LoopbackModelServer(_ => LoopbackReply.Raw(reply));
        string folder = Directory.CreateTempSubdirectory("rlm-prices-").FullName, journal = Path.Combine(
            folder, "run.jsonl"), table = Path.Combine(folder, "prices");
        await File.WriteAllTextAsync(table, prices);

        RlmUsage usage;
        using (var open = RlmJournal.Create(journal))
        {
            var options = new RlmOptions { Prices = PriceTable.Read(table), Journal = open };
            usage = (await ProgramRun.RunAsync(
                "answer context | llm \"?\"", "a", ModelClients.Connect(server, ModelProvider.Anthropic), options)).Result.Usage;
        }

        Assert.That(
            (usage.CostUsd, usage.InputTokens, usage.CachedInputTokens, usage.CacheWriteTokens),
            Is.EqualTo(((decimal?)cost, 975, 300, 200)));
        var account = JournalAccount.Read(journal).Runs.Single();
        Assert.That((account.CostUsd, account.CachedInputTokens, account.CacheWriteTokens), Is.EqualTo(((decimal?)cost, 300, 200)));
        Assert.That(PriceTable.Read(table)["test-model"].Of(975, 5), Is.GreaterThanOrEqualTo((decimal)cost));
    }
}
