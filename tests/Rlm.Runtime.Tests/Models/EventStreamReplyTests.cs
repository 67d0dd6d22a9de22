using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Servers that send an event stream although a whole reply was asked for.</summary>
internal sealed class EventStreamReplyTests
{
    private const string OpenAiEvents =
        """
        data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

        : a comment

        data: {"choices":[{"index":0,"delta":{"content":"lo ✓"},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

        data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}

        data: [DONE]


        """;

    private const string AnthropicEvents =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","model":"m","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":3,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}

        event: ping
        data: {"type":"ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo ✓"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":2}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    [TestCase("openai", 5)]
    [TestCase("anthropic", 8)]
    public async Task GetResponse_EventStream_IsReadAsOneReply(string provider, int inputTokens)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Events(provider == "openai" ? OpenAiEvents : AnthropicEvents));
        using var client = ModelClients.Connect(server, ModelClients.Provider(provider));

        var response = await client.GetResponseAsync("Hello?");

        Assert.That((response.Text, response.FinishReason, response.ModelId), Is.EqualTo(("Hello ✓", ChatFinishReason.Length, "m")));
        Assert.That((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount), Is.EqualTo((inputTokens, 2)));
    }

    [TestCase("openai")]
    [TestCase("anthropic")]
    public async Task GetResponse_EventStreamThatEndsEarly_IsAskedAgain(string provider)
    {
        string whole = provider == "openai" ? OpenAiEvents : AnthropicEvents;
        string cut = whole[..(whole.IndexOf("lo ✓", StringComparison.Ordinal) + 60)];
        await using var server = new LoopbackModelServer(
            LoopbackReply.Events(cut[..cut.LastIndexOf("\n\n", StringComparison.Ordinal)] + "\n\n"), "whole");
        using var client = ModelClients.Connect(server, ModelClients.Provider(provider));

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("whole"));
        Assert.That(server.Requests, Is.EqualTo(2));
    }

    [TestCase("openai", """{"error":{"message":"Slow down","type":"rate_limit_error"}}""", ModelFailure.RateLimited)]
    [TestCase("anthropic", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ModelFailure.ServerError)]
    [TestCase("anthropic", """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}""", ModelFailure.PromptTooLong)]
    public async Task GetResponse_ErrorInTheStream_IsThatError(string provider, string error, ModelFailure expected)
    {
        string start = (provider == "openai" ? OpenAiEvents : AnthropicEvents).Split("\n\n")[0];
        await using var server = new LoopbackModelServer(LoopbackReply.Events($"{start}\n\nevent: error\ndata: {error}\n\n"));
        using var client = ModelClients.Connect(server, ModelClients.Provider(provider), ModelClients.Fast with { MaxAttempts = 1 });

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(expected));
    }

    [Test]
    public async Task GetResponse_EventsThatAreNoJson_FailClearly()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Events("data: hello\n\ndata: [DONE]\n\n"));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, ModelClients.Fast with { MaxAttempts = 1 });

        var failure = await ModelClients.FailAsync(client);

        Assert.That((failure.Failure, failure.Message), Is.EqualTo((ModelFailure.MalformedReply,
            $"http://127.0.0.1:{server.Port}/v1/chat/completions sent an event that is not JSON: hello; does the base URL speak this protocol?")));
    }
}
