using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Tests;

/// <summary>The client over a real one, over real HTTP.</summary>
internal sealed class LoopbackTests
{
    private readonly HttpMessageInvoker _http = ModelHttp.CreateClient();

    private static string Log { get; } = string.Join('\n', Enumerable.Range(1, 600).Select(
        number => Invariant($"2026-03-01 host-{number % 5} {(number % 40 == 0 ? "ERROR" : "INFO")} entry {number}")));

    [OneTimeTearDown]
    public void DisposeClient() => _http.Dispose();

    [Test]
    public async Task GetResponse_OpenAiClient_SendsNoneOfTheData()
    {
        await using var server = new LoopbackModelServer(RlmChatClientTests.Fenced("answer context | grep /ERROR/ | count"));
        using var client = Build(server);

        var response = await client.GetResponseAsync($"How many errors?\n\n{Log}", new ChatOptions { Temperature = 0 });

        Assert.That((response.Text, server.Requests), Is.EqualTo(("15", 1)));
        Assert.That((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount), Is.EqualTo((11L, 7L)));
        string sent = server.Received[0].Body;
        Assert.That(sent, Does.Contain("\"temperature\":0").And.Contain("How many errors?"));
        Assert.That(sent, Does.Not.Contain("entry 300"));
    }

    [Test]
    public async Task GetStreamingResponse_OpenAiClient_Answers()
    {
        await using var server = new LoopbackModelServer(RlmChatClientTests.Fenced("answer context | grep /ERROR/ | count"));
        using var client = Build(server);

        var response = await client.GetStreamingResponseAsync($"How many errors?\n\n{Log}").ToChatResponseAsync();

        Assert.That((response.Text, response.Messages.Count), Is.EqualTo(("15", 1)));
    }

    [Test]
    public async Task GetResponse_ServerThatRefuses_Throws()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(401, "{\"error\":{\"message\":\"bad key\"}}"));
        using var client = Build(server);

        Assert.That(async () => await client.GetResponseAsync($"How many errors?\n\n{Log}"), Throws.Exception.With.Message.Contains("401").Or.Message.Contains("key"));
    }

    private IChatClient Build(LoopbackModelServer server) =>
        RlmChatClientTests.Build(new ModelEndpoint(ModelProvider.OpenAi, server.OpenAiUrl, "test-model").CreateClient(_http));
}
