using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>Stands for the model of a run that <see cref="RlmJournal.Replay"/> runs again: it has its name and window, and no replies but those of the journal.</summary>
/// <remarks>A call's key and the packing of rows depend on the model, so that another client would not find the replies. Calls may run at the same time.</remarks>
public sealed class ReplayChatClient : IChatClient
{
    private readonly ChatClientMetadata _metadata;
    private readonly ChatClientTraits _traits;

    /// <param name="model">The model as the journal knows it, such as <see cref="JournalRun.Root"/> of <see cref="RlmJournal.LastRun"/>.</param>
    public ReplayChatClient(JournalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _metadata = new(model.Provider, null, model.Name);
        _traits = new() { WindowTokens = model.WindowTokens, MaxOutputTokens = model.MaxOutputTokens };
    }

    /// <summary>Whether a reply was asked for that the journal does not hold.</summary>
    public bool HasMissed { get; private set; }

    /// <summary>Fails: a call gets here only where the journal does not hold its reply.</summary>
    /// <exception cref="ModelException">Always.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        HasMissed = true;
        throw new ModelException(ModelFailure.NotChosen, "the journal holds no reply to this");
    }

    /// <summary>Not supported; runs ask for whole replies.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        throw new NotSupportedException();
    }

    /// <summary>Answers <see cref="ChatClientMetadata"/> and <see cref="ChatClientTraits"/>.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClientTraits) ? _traits
            : null;
    }

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }
}
