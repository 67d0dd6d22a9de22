using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Clients for a loopback server with waits of a millisecond.</summary>
internal static class ModelClients
{
    public const string Key = "sk-secret-0123456789";

    public static readonly HttpMessageInvoker Http = ModelHttp.CreateClient();

    public static readonly ModelClientOptions Fast = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(2),
    };

    /// <summary>The provider of that name, for the cases of a test.</summary>
    public static ModelProvider Provider(string name) => ModelProvider.All.Single(provider => provider.Name == name);

    public static IChatClient Connect(
        LoopbackModelServer server, ModelProvider provider, ModelClientOptions? options = null, string? key = Key) =>
        new ModelEndpoint(provider, provider == ModelProvider.Anthropic ? server.AnthropicUrl : server.OpenAiUrl, "test-model", key)
            .CreateClient(Http, options ?? Fast);

    public static async Task<ModelException> FailAsync(IChatClient client)
    {
        try
        {
            var response = await client.GetResponseAsync("Hello?");
            throw new AssertionException($"The call succeeded: {response.Text}");
        }
        catch (ModelException failure)
        {
            Assert.That(failure.ToString(), Does.Not.Contain(Key), "the key was shown");
            Assert.That(failure.Message.Any(char.IsControl), Is.False, "the message is not one clean line");
            return failure;
        }
    }
}
