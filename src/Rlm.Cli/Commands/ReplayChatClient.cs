using Microsoft.Extensions.AI;
using Rlm.Runtime;
using Rlm.Runtime.Models;

namespace Rlm.Cli.Commands;

/// <summary>Stands for the model of a run that is replayed: it has its name and window, and no replies but those of the journal.</summary>
internal sealed class ReplayChatClient(JournalModel model) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new(model.Provider, null, model.Name);
    private readonly ChatClientTraits _traits = new() { WindowTokens = model.WindowTokens, MaxOutputTokens = model.MaxOutputTokens };

    /// <summary>Whether a reply was asked for that the journal does not hold.</summary>
    public bool HasMissed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        HasMissed = true;
        throw new ModelException(ModelFailure.NotChosen, "the journal holds no reply to this");
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(ChatClientTraits) ? _traits
        : null;

    public void Dispose()
    {
    }
}
