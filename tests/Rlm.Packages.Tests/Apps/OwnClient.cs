using Microsoft.Extensions.AI;

namespace Shop;

/// <summary>A client of the host's own.</summary>
internal sealed class OwnClient : IChatClient
{
    private const string Program = """
        ```rlm
        let hosts = context | grep /ERROR/ | extract /host=(?<host>\S+)/ | count by host
        let worst = "{hosts | top 1 by count | get host}"
        answer owner_of(worst)
        ```
        """;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        bool isRoot = messages.First().Role == ChatRole.System && messages.First().Text.Contains("```rlm", StringComparison.Ordinal);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, isRoot ? Program : "[1] yes\n[2] no\n[3] yes\n[4] yes")));
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
