using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models.Calls;

/// <summary>
/// Stands for a model while a plan is made: it is known by the same name, and has no replies but those that a run holds already.
/// </summary>
internal sealed class HeldRepliesClient(IChatClient model) : IChatClient
{
    /// <exception cref="ModelException">Always; the call would have to be made.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new ModelException(ModelFailure.NotChosen, "a plan asks no model");

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => model.GetService(serviceType, serviceKey);

    /// <summary>The model is its owner's.</summary>
    public void Dispose()
    {
    }
}
