using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>The inner client with the caller's model and sampling, where the loop has none of its own.</summary>
/// <remarks>
/// The limit of output tokens and the stop sequences are of the answer, and would cut programs short; tools and the response format are
/// the conversation's.
/// </remarks>
internal sealed class CallerSettings(IChatClient inner, ChatOptions caller) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Merge(options), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages, Merge(options), cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    private ChatOptions Merge(ChatOptions? options)
    {
        var merged = options?.Clone() ?? new ChatOptions();
        merged.ModelId ??= caller.ModelId;
        merged.Temperature ??= caller.Temperature;
        merged.TopP ??= caller.TopP;
        merged.TopK ??= caller.TopK;
        merged.FrequencyPenalty ??= caller.FrequencyPenalty;
        merged.PresencePenalty ??= caller.PresencePenalty;
        merged.Seed ??= caller.Seed;
        merged.Reasoning ??= caller.Reasoning;
        merged.RawRepresentationFactory ??= caller.RawRepresentationFactory;
        merged.AdditionalProperties ??= caller.AdditionalProperties?.Clone();
        return merged;
    }
}
