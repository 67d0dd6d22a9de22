using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Providers;
using Rlm.Providers.Wire;

namespace Rlm;

/// <summary>A chat client for every server that speaks OpenAI's chat completions.</summary>
/// <remarks>
/// Sends text, temperature, top-p, top-k, penalties, output limit, seed, stop sequences, the effort of reasoning, the format of the reply
/// with its schema, and each additional property as a field of the request, such as a <c>grammar</c>. A temperature, top-p, penalty, seed
/// or stop sequence that the model refuses is left out from then on. Models that charge for what they write to their cache (GPT-5.6 and later) are told to keep no prompt
/// with a short system part, which comes once. Calls may run at the same time. Other options and other content than text throw
/// <see cref="NotSupportedException"/>. Source: https://platform.openai.com/docs/api-reference/chat.
/// </remarks>
public sealed partial class OpenAiChatClient : WholeReplyChatClient
{
    private readonly ModelTransport _transport;
    private readonly ModelEndpoint _endpoint;

    /// <summary>A client for one model.</summary>
    /// <param name="http">Sends the requests; stays the caller's to dispose. Should follow no redirects, see
    /// <see cref="ModelHttp"/>.</param>
    /// <param name="endpoint">Address, model and key; the provider is not looked at.</param>
    /// <param name="options">Null means the defaults; at OpenAI's own address replies are held to JSON schemas.</param>
    public OpenAiChatClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options = null)
        : base(ModelProvider.OpenAi.Describe(endpoint),
            options?.Traits ?? new ChatClientTraits { KeepsToSchema = ModelProvider.OpenAi.IsAt(endpoint.BaseUrl) })
    {
        options ??= new();
        _endpoint = endpoint with { Provider = ModelProvider.OpenAi, BaseUrl = AzureAddress.AddressOf(endpoint.BaseUrl, endpoint.Model) };
        // OpenAI's own models all take the new name of a limit, and only the older ones take the old.
        var taken = ModelProvider.OpenAi.IsAt(endpoint.BaseUrl)
            ? OptionalParameters.All & ~OptionalParameters.MaxTokens
            : OptionalParameters.All;
        _transport = new(
            http,
            _endpoint,
            _endpoint.Provider.CallPath,
            options,
            ChargesForItsCache.IsMatch(endpoint.Model) ? taken | OptionalParameters.CacheOptions : taken);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The endpoint gave no usable reply.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = PromptText.Read(messages, options);
        if (options?.ModelId is { } other && AzureAddress.DeploymentOf(_endpoint.BaseUrl) is { } deployment && other != deployment)
            throw new NotSupportedException($"The address names the deployment `{deployment}`: make a client for `{other}`.");
        return _transport.PostAsync(
            taken => OpenAiRequest.Write(options?.ModelId ?? _endpoint.Model, prompt, options, taken),
            OpenAiReplyReader.Read,
            cancellationToken);
    }

    [GeneratedRegex("(^|/)gpt-(5\\.[6-9]|[6-9])")]
    private static partial Regex ChargesForItsCache { get; }
}
