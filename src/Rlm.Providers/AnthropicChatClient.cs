using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm;

/// <summary>A chat client for Anthropic's messages.</summary>
/// <remarks>
/// Sends text, output limit (the traits' when the options give none, since the protocol demands one), temperature, top-p,
/// top-k, stop sequences and the JSON schema of the reply (models since Claude 4.5 keep to one; others refuse it); there is no seed, no name
/// of a schema, and other options throw. System messages are joined at the top. A long system prompt and the history behind it are
/// marked for the provider's cache, so that each turn of a root pays for what is new. Calls may run at the same time. Tools and other
/// content than text throw <see cref="NotSupportedException"/>. Source: https://docs.anthropic.com/en/api/messages, and
/// https://platform.claude.com/docs/en/build-with-claude/structured-outputs.
/// </remarks>
public sealed class AnthropicChatClient : WholeReplyChatClient
{
    private static readonly AnthropicWire.CacheMark Cached = new("ephemeral");

    private readonly ModelTransport _transport;
    private readonly ModelEndpoint _endpoint;

    /// <summary>A client for one model.</summary>
    /// <param name="http">Sends the requests; stays the caller's to dispose. Should follow no redirects, see
    /// <see cref="ModelHttp"/>.</param>
    /// <param name="endpoint">Address, model and key; the provider is not looked at.</param>
    /// <param name="options">
    /// Null means the defaults, with a window of 200,000 tokens; at Anthropic's own address replies are held to JSON schemas.
    /// </param>
    public AnthropicChatClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options = null)
        : base(ModelProvider.Anthropic.Describe(endpoint),
            options?.Traits
                ?? new ChatClientTraits { WindowTokens = 200_000, KeepsToSchema = ModelProvider.Anthropic.IsAt(endpoint.BaseUrl) })
    {
        options ??= new();
        _endpoint = endpoint with { Provider = ModelProvider.Anthropic };
        _transport = new(http, _endpoint, _endpoint.Provider.CallPath, options);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The endpoint gave no usable reply.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = PromptText.Read(messages, options);
        RefuseUnsent(options);
        return _transport.PostAsync(
            taken => JsonSerializer.SerializeToUtf8Bytes(CreateRequest(prompt, options, taken), ModelJsonContext.Wire.AnthropicRequest),
            AnthropicReplyReader.Read,
            cancellationToken);
    }

    private static void RefuseUnsent(ChatOptions? options)
    {
        // The protocol has no JSON without a schema.
        string? unsent = options?.ResponseFormat is ChatResponseFormatJson { Schema: null } ? nameof(ChatOptions.ResponseFormat)
            : options?.FrequencyPenalty is not null ? nameof(ChatOptions.FrequencyPenalty)
            : options?.PresencePenalty is not null ? nameof(ChatOptions.PresencePenalty)
            : options?.Reasoning?.Effort is not null ? nameof(ChatOptions.Reasoning)
            : options?.AdditionalProperties is { Count: > 0 } ? nameof(ChatOptions.AdditionalProperties)
            : null;
        if (unsent is not null)
            throw new NotSupportedException($"This client does not send `ChatOptions.{unsent}`: leave it out.");
    }

    private AnthropicWire.Request CreateRequest(
        IReadOnlyList<(ChatRole Role, string Text)> prompt, ChatOptions? options, OptionalParameters taken)
    {
        string system = string.Join("\n\n", prompt.Where(message => message.Role == ChatRole.System).Select(message => message.Text));
        var mark = system.Length >= PromptText.KeptSystemChars ? Cached : null;
        (ChatRole Role, string Text)[] messages = [.. prompt.Where(message => message.Role != ChatRole.System)];
        return new()
        {
            Model = options?.ModelId ?? _endpoint.Model,
            MaxTokens = options?.MaxOutputTokens ?? Traits.MaxOutputTokens,
            System = system.Length > 0 ? [new AnthropicWire.TextBlock("text", system) { CacheControl = mark }] : null,
            Messages =
            [
                .. messages.Select((message, i) => new AnthropicWire.Message(
                    message.Role.Value,
                    [new AnthropicWire.TextBlock("text", message.Text) { CacheControl = i == messages.Length - 1 ? mark : null }])),
            ],
            Temperature = taken.HasFlag(OptionalParameters.Temperature) && options?.Temperature is { } temperature
                ? Math.Round(temperature, 6)
                : null,
            TopP = taken.HasFlag(OptionalParameters.TopP) && options?.TopP is { } topP ? Math.Round(topP, 6) : null,
            TopK = options?.TopK,
            StopSequences = options?.StopSequences is { Count: > 0 } stop ? [.. stop] : null,
            OutputConfig = options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format
                ? new(new("json_schema", Describe(schema, format.SchemaDescription)))
                : null,
        };
    }
    /// <summary>The schema with a description, for which there is no place beside it.</summary>
    private static JsonElement Describe(JsonElement schema, string? description)
    {
        if (description is null || schema.ValueKind != JsonValueKind.Object || schema.TryGetProperty("description", out _))
            return schema;

        var described = JsonObject.Create(schema)!;
        described.Insert(0, "description", description);
        return JsonElement.Parse(described.ToJsonString());
    }
}
