using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm.Providers.Servers;

/// <summary>
/// A chat client for Ollama's own protocol. Each request has the window of the traits: without one, Ollama takes a small window and cuts what
/// is longer, without a word. Source: https://docs.ollama.com/api/chat.
/// </summary>
internal sealed class OllamaChatClient : WholeReplyChatClient
{
    private readonly ModelTransport _transport;
    private readonly ModelEndpoint _endpoint;

    public OllamaChatClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options)
        : base(OllamaProvider.Instance.Describe(endpoint), options?.Traits ?? new ChatClientTraits { WindowTokens = ServerModel.OllamaWindowTokens })
    {
        _endpoint = endpoint with { Provider = OllamaProvider.Instance };
        _transport = new(http, _endpoint, _endpoint.Provider.CallPath, options ?? new());
    }

    /// <exception cref="ModelException">The server gave no usable reply.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = PromptText.Read(messages, options);
        if (options?.AdditionalProperties is { Count: > 0 })
            throw new NotSupportedException($"This client does not send `ChatOptions.{nameof(ChatOptions.AdditionalProperties)}`: leave it out.");
        return _transport.PostAsync(
            taken => OllamaWire.Write(options?.ModelId ?? _endpoint.Model, prompt, options, Traits.WindowTokens), OllamaWire.Read, cancellationToken);
    }
}
