#:project ../../src/Rlm.Runtime/Rlm.Runtime.csproj
// An app with a client of its own, whose root writes one free program over a text of three lines.
using Microsoft.Extensions.AI;
using Rlm;

using var client = new FixedClient();
var agent = new RlmAgent(client, options: new RlmOptions { DirectTokens = 0 });
var result = await agent.AskAsync("How many errors?", TextSource.FromString("a ERROR\nb\nc ERROR\n"));
Console.WriteLine($"{result.Outcome} {result.Answer} {result.Usage.Calls}");

internal sealed class FixedClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "```rlm\nanswer context | grep /ERROR/ | count\n```")));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
