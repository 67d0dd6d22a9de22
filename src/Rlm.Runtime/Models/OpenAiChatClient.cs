using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Serialization;

namespace Rlm.Runtime.Models;

/// <summary>A chat client for every server that speaks OpenAI's chat completions.</summary>
/// <remarks>
/// Sends text, temperature, top-p, penalties, output limit, seed and stop sequences, and of the additional properties the
/// grammar fields <c>grammar</c>, <c>guided_grammar</c> and <c>guided_regex</c>. A parameter that the model refuses is left
/// out from then on. Calls may run at the same time. Tools and other content than text throw <see cref="NotSupportedException"/>.
/// Source: https://platform.openai.com/docs/api-reference/chat.
/// </remarks>
public sealed class OpenAiChatClient : IChatClient
{
    private readonly ModelTransport _transport;
    private readonly ModelEndpoint _endpoint;
    private readonly ChatClientMetadata _metadata;
    private readonly ChatClientTraits _traits;
    private readonly ParameterSupport _support;

    /// <summary>A client for one model.</summary>
    /// <param name="http">Sends the requests; stays the caller's to dispose. Should follow no redirects, see <see cref="ModelHttp"/>.</param>
    /// <param name="endpoint">Address, model and key; the provider is not looked at.</param>
    /// <param name="options">Null means the defaults.</param>
    public OpenAiChatClient(HttpClient http, ModelEndpoint endpoint, ModelClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new();
        _endpoint = endpoint with { Provider = ModelProvider.OpenAi };
        _transport = new(http, _endpoint, options);
        _metadata = new("openai", endpoint.BaseUrl, endpoint.Model);
        _traits = options.Traits ?? new();
        // OpenAI's own models all take the new name, and only the older ones take the old.
        _support = new(endpoint.BaseUrl.Host == ModelEndpoint.OpenAiUrl.Host
            ? OptionalParameters.All & ~OptionalParameters.MaxTokens
            : OptionalParameters.All);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The endpoint gave no usable reply.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = PromptText.Read(messages, options)
            .Select(message => new OpenAiWire.Message(message.Role.Value, message.Text))
            .ToArray();
        while (true)
        {
            var taken = _support.Taken;
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(CreateRequest(prompt, options, taken), ModelJsonContext.Wire.OpenAiRequest);
            try
            {
                return await _transport.PostAsync("chat/completions", body, ModelJsonContext.Wire.OpenAiReply, OpenAiReplyReader.Read, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ModelException failure) when (_support.Learn(failure, taken))
            {
                // Sent again without the parameter.
            }
        }
    }

    /// <summary>The whole reply, as updates, once it is there.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    /// <summary>Answers <see cref="ChatClientMetadata"/>, <see cref="ChatClientTraits"/> and the client itself.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClientTraits) ? _traits
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the <see cref="HttpClient"/> is the caller's.</summary>
    public void Dispose()
    {
    }

    private OpenAiWire.Request CreateRequest(IReadOnlyList<OpenAiWire.Message> prompt, ChatOptions? options, OptionalParameters taken)
    {
        bool Takes(OptionalParameters parameter) => taken.HasFlag(parameter);
        string? Grammar(string field) => options?.AdditionalProperties?.GetValueOrDefault(field) as string;

        return new()
        {
            Model = options?.ModelId ?? _endpoint.Model,
            Messages = prompt,
            Temperature = Takes(OptionalParameters.Temperature) ? Round(options?.Temperature) : null,
            TopP = Takes(OptionalParameters.TopP) ? Round(options?.TopP) : null,
            FrequencyPenalty = Takes(OptionalParameters.FrequencyPenalty) ? Round(options?.FrequencyPenalty) : null,
            PresencePenalty = Takes(OptionalParameters.PresencePenalty) ? Round(options?.PresencePenalty) : null,
            MaxTokens = Takes(OptionalParameters.MaxTokens) ? options?.MaxOutputTokens : null,
            MaxCompletionTokens = Takes(OptionalParameters.MaxTokens) ? null : options?.MaxOutputTokens,
            Seed = Takes(OptionalParameters.Seed) ? options?.Seed : null,
            Stop = Takes(OptionalParameters.Stop) && options?.StopSequences is { Count: > 0 } stop ? [.. stop] : null,
            Grammar = Grammar("grammar"),
            GuidedGrammar = Grammar("guided_grammar"),
            GuidedRegex = Grammar("guided_regex"),
        };
    }

    /// <summary>Keeps 0.7f from being sent as 0.699999988079071.</summary>
    private static double? Round(float? value) => value is { } number ? Math.Round(number, 6) : null;
}
