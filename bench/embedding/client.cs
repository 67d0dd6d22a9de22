#:package Microsoft.Extensions.AI.Abstractions
// What an app with a client of its own carries without Rlm: the client, calls at the same time, JSON, and a pattern of the user's.
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

using var client = new FixedClient();
var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "How many errors?")]);
using var document = JsonDocument.Parse("""{"numbers": [1, 2.5, "x"]}""");
string[] numbers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async place =>
{
    await Task.Yield();
    return document.RootElement.GetProperty("numbers")[place].ToString();
}));
var pattern = new Regex(args.Length > 0 ? args[0] : "[0-9]", RegexOptions.NonBacktracking);
Console.WriteLine($"{string.Join(' ', numbers)} {pattern.Count(response.Text)}");

internal sealed class FixedClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "2")));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
