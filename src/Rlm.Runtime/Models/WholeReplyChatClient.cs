using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>
/// What the clients of this library have in common: they give whole replies, say what they are, and hold nothing to release.
/// </summary>
public abstract class WholeReplyChatClient : IChatClient
{
    private readonly ChatClientMetadata _metadata;

    private protected WholeReplyChatClient(ChatClientMetadata metadata, ChatClientTraits traits)
    {
        _metadata = metadata;
        Traits = traits;
    }

    private protected ChatClientTraits Traits { get; }

    /// <inheritdoc/>
    public abstract Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The whole reply, as updates, once it is there.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
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
            : serviceType == typeof(ChatClientTraits) ? Traits
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: what it sends with is the caller's.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
