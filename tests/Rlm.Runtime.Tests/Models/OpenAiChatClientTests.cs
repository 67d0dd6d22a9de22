using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Tests.Models;

internal sealed class OpenAiChatClientTests
{
    [Test]
    public async Task GetResponse_FullOptions_SendsEachAndMapsReply()
    {
        await using var server = new LoopbackModelServer(
            new LoopbackReply { Body = "Grüße, 世界", InputTokens = 100, CachedTokens = 40, OutputTokens = 5, FinishReason = "length" });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Où?"), new(ChatRole.Assistant, "Ici."), new(ChatRole.User, "Why?")],
            new()
            {
                Temperature = 0.7f,
                TopP = 0.9f,
                MaxOutputTokens = 50,
                Seed = 7,
                StopSequences = ["END"],
                AdditionalProperties = new() { ["grammar"] = "root ::= \"a\"", ["other"] = "sent too" },
            });

        var request = server.Received[0];
        Assert.That(request.Path, Is.EqualTo("/v1/chat/completions"));
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer " + ModelClients.Key));
        Assert.That(request.Body, Is.EqualTo(
            """{"model":"test-model","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Où?"},{"role":"assistant","content":"Ici."},{"role":"user","content":"Why?"}],"temperature":0.7,"top_p":0.9,"max_tokens":50,"seed":7,"stop":["END"],"grammar":"root ::= \"a\"","other":"sent too"}"""));
        Assert.That(response.Text, Is.EqualTo("Grüße, 世界"));
        Assert.That(response.ModelId, Is.EqualTo("test-model"));
        Assert.That(response.FinishReason, Is.EqualTo(ChatFinishReason.Length));
        Assert.That(response.Usage!.InputTokenCount, Is.EqualTo(100));
        Assert.That(response.Usage.OutputTokenCount, Is.EqualTo(5));
        Assert.That(response.Usage.TotalTokenCount, Is.EqualTo(105));
        Assert.That(response.Usage.CachedInputTokenCount, Is.EqualTo(40));
    }

    [Test]
    public async Task GetResponse_NoKeyAndTrailingSlash_SendsNoAuthorization()
    {
        await using var server = new LoopbackModelServer("yes");
        using var client = new OpenAiChatClient(
            ModelClients.Http, new(ModelProvider.OpenAi, new Uri(server.OpenAiUrl + "/"), "m"), ModelClients.Fast);

        await client.GetResponseAsync("Hello?", new() { ModelId = "other" });

        Assert.That(server.Received[0].Path, Is.EqualTo("/v1/chat/completions"));
        Assert.That(server.Received[0].Headers.ContainsKey("Authorization"), Is.False);
        Assert.That(server.Received[0].Model, Is.EqualTo("other"));
    }

    [Test]
    public async Task GetStreamingResponse_Reply_ComesWhole()
    {
        await using var server = new LoopbackModelServer("one reply");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var response = await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();

        Assert.That(response.Text, Is.EqualTo("one reply"));
        Assert.That(response.Usage?.OutputTokenCount, Is.EqualTo(7));
    }

    [Test]
    public void GetService_KnownTypes_AreAnswered()
    {
        using var client = new OpenAiChatClient(ModelClients.Http, new(
            ModelProvider.OpenAi, ModelProvider.OpenAi.Url, "m", ModelClients.Key),
            new() { Traits = new() { WindowTokens = 8_000 } });

        var metadata = client.GetRequiredService<ChatClientMetadata>();
        Assert.That(
            (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId), Is.EqualTo(("openai", ModelProvider.OpenAi.Url, "m")));
        Assert.That(client.GetRequiredService<ChatClientTraits>().WindowTokens, Is.EqualTo(8_000));
        Assert.That(client.GetService<IChatClient>(), Is.SameAs(client));
        Assert.That(client.GetService<string>(), Is.Null);
    }

    [TestCase("""{"choices":[{"message":{"content":"cut \ud83d"}}]}""", "cut \uFFFD")]
    [TestCase("""{"choices":[{"message":{"content":"whole \ud83d\ude00 and \\ud83d"}}]}""", "whole 😀 and \\ud83d")]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}""", "ab")]
    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"I cannot."}}],"usage":null}""", "I cannot.")]
    [TestCase("""{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}""", "")]
    [TestCase("\uFEFF{\"choices\":[{\"message\":{\"content\":\"after a BOM\"}}]}", "after a BOM")]
    public async Task GetResponse_OddButUsableReply_IsRead(string body, string expected)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(body));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo(expected));
    }

    [TestCase("gpt-6.1-terra", 100, true)]
    [TestCase("openai/gpt-5.6-luna", 100, true)]
    [TestCase("gpt-6.1-terra", 5_000, false)]
    [TestCase("gpt-5.5", 100, false)]
    [TestCase("qwen3", 100, false)]
    public async Task GetResponse_PromptThatComesOnce_IsNotWrittenToACacheThatCosts(string model, int systemChars, bool isTold)
    {
        await using var server = new LoopbackModelServer("yes");
        using var client = new OpenAiChatClient(ModelClients.Http, new(ModelProvider.OpenAi, server.OpenAiUrl, model), ModelClients.Fast);

        await client.GetResponseAsync([new(ChatRole.System, new string('s', systemChars)), new(ChatRole.User, "Why?")]);

        bool told = server.Received[0].Json.TryGetProperty("prompt_cache_options", out var options);
        Assert.That((told, told ? options.GetRawText() : ""), Is.EqualTo((isTold, isTold ? """{"mode":"explicit"}""" : "")));
    }

    [Test]
    public async Task GetResponse_RefusedCacheOptions_AreLeftOutFromThenOn()
    {
        await using var server = new LoopbackModelServer(request => request.Body.Contains("prompt_cache_options", StringComparison.Ordinal)
            ? LoopbackReply.Error(400, """{"error":{"message":"Unknown parameter: 'prompt_cache_options'.","code":"unknown_parameter"}}""")
            : "fine");
        using var client = new OpenAiChatClient(
            ModelClients.Http, new(ModelProvider.OpenAi, server.OpenAiUrl, "gpt-6-luna"), ModelClients.Fast);

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("fine"));
        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("fine"));

        Assert.That(server.Requests, Is.EqualTo(3));
    }

    [TestCase("length")]
    [TestCase("model_length")]
    public async Task GetResponse_TokensRanOut_IsCut(string reason)
    {
        await using var server = new LoopbackModelServer(
            LoopbackReply.Text("half of") with { FinishReason = reason }, LoopbackReply.Text("") with { FinishReason = reason });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync("Hello?")).FinishReason, Is.EqualTo(ChatFinishReason.Length));
        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(ModelFailure.OutputLimit));
    }

    [TestCase("error")]
    [TestCase("insufficient_system_resource")]
    public async Task GetResponse_BrokenOff_IsAskedAgain(string reason)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Text("half of") with { FinishReason = reason }, "the whole");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("the whole"));
    }

    [TestCase("""{"prompt_tokens":2000,"completion_tokens":5,"total_tokens":2005,"prompt_tokens_details":{"cached_tokens":300,"cache_write_tokens":1200}}""", 300, 1200, 5)]
    [TestCase("""{"prompt_tokens":2000,"completion_tokens":5,"total_tokens":2005,"prompt_cache_hit_tokens":300,"prompt_cache_miss_tokens":1700}""", 300, 0, 5)]
    [TestCase("""{"prompt_tokens":2000,"completion_tokens":5,"total_tokens":2005,"cached_tokens":300}""", 300, 0, 5)]
    [TestCase("""{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94}}""", 0, 0, 103)]
    [TestCase("""{"prompt_tokens":21,"total_tokens":81}""", 0, 0, 60)]
    [TestCase("""{"prompt_tokens":21,"completion_tokens":9,"total_tokens":0}""", 0, 0, 9)]
    public async Task GetResponse_UsageOfEachProvider_CountsWhatIsCharged(string usage, long cached, long written, long output)
    {
        await using var server = new LoopbackModelServer(
            LoopbackReply.Raw($$"""{"choices":[{"message":{"content":"fine"},"finish_reason":"stop"}],"usage":{{usage}}}"""));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var told = (await client.GetResponseAsync("Hello?")).Usage!;

        Assert.That(
            (told.CachedInputTokenCount ?? 0, told.AdditionalCounts?[ModelReply.CacheWrites] ?? 0, told.OutputTokenCount),
            Is.EqualTo((cached, written, (long?)output)));
    }

    [Test]
    public async Task GetResponse_RefusedParameters_AreLeftOutFromThenOn()
    {
        await using var server = new LoopbackModelServer(request =>
            request.Body.Contains("\"temperature\"", StringComparison.Ordinal)
                ? LoopbackReply.Error(
                    400,
                    """{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.","code":"unsupported_value"}}""")
            : request.Body.Contains("\"max_tokens\"", StringComparison.Ordinal)
                ? LoopbackReply.Error(
                    400,
                    """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}}""")
            : "fine");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 9 };

        Assert.That((await client.GetResponseAsync("Hello?", options)).Text, Is.EqualTo("fine"));
        Assert.That((await client.GetResponseAsync("Hello?", options)).Text, Is.EqualTo("fine"));

        Assert.That(server.Requests, Is.EqualTo(4));
        Assert.That(server.Received[3].Json.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(9));
    }

    [Test]
    public async Task GetResponse_OtherContentThanText_IsNotSupported()
    {
        using var client = new OpenAiChatClient(ModelClients.Http, new(ModelProvider.OpenAi, ModelProvider.OpenAi.Url, "m"));
        var image = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);

        await Assert.ThatAsync(
            () => client.GetResponseAsync([image]),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("This client sends text only: a message holds DataContent."));
    }

    [Test]
    public async Task GetResponse_ManyAtOnce_RunAtTheSameTime()
    {
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int arrived = 0;
        await using var server = new LoopbackModelServer(request =>
        {
            if (Interlocked.Increment(ref arrived) == 64)
                together.SetResult();
            return LoopbackReply.Text(request.LastUserText) with { Gate = together.Task };
        });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, ModelClients.Fast with { Timeout = TimeSpan.FromMinutes(5) });

        string[] texts = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i => (await client.GetResponseAsync($"item {i}")).Text));

        Assert.That(texts, Is.EqualTo(Enumerable.Range(0, 64).Select(i => $"item {i}")));
        Assert.That(server.MaxConcurrency, Is.EqualTo(64));
    }

    [Test, Explicit("A measurement.")]
    public async Task GetResponse_ThousandCallsAtParallel64_Measure()
    {
        await using var server = new LoopbackModelServer(request => LoopbackReply.Text("ok").After(TimeSpan.FromMilliseconds(20)));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        for (int round = 0; round < 4; round++)
        {
            long start = TimeProvider.System.GetTimestamp();
            var cpu = Environment.CpuUsage.TotalTime;
            await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 64 },
                async (i, stop) => await client.GetResponseAsync($"item {i}", cancellationToken: stop));
            TestContext.Out.WriteLine(
                $"{TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms wall, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:0} ms CPU, at most {server.MaxConcurrency} at once");
        }
    }
}
