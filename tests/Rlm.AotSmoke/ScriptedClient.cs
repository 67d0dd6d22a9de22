using Microsoft.Extensions.AI;

namespace Rlm.AotSmoke;

/// <summary>Answers from a script, call by call.</summary>
internal sealed class ScriptedClient(params string[] replies) : IChatClient
{
    private int _calls;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        int call = Interlocked.Increment(ref _calls) - 1;
        return call < replies.Length
            ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, replies[call])))
            : throw new InvalidOperationException($"Call {call + 1} is not in the script.");
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
