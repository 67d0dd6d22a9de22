using Microsoft.Extensions.AI;
using Rlm.Providers;

namespace Rlm;

/// <summary>A provider of models, and the protocol that its endpoints speak: all that is known of it.</summary>
public abstract class ModelProvider
{
    private protected ModelProvider()
    {
    }

    /// <summary>OpenAI, and its chat completions, which most servers and routers speak.</summary>
    public static ModelProvider OpenAi { get; } = new OpenAiProvider();

    /// <summary>Anthropic, and its messages.</summary>
    public static ModelProvider Anthropic { get; } = new AnthropicProvider();

    /// <summary>All providers; where keys of several are set, the first is taken.</summary>
    public static IReadOnlyList<ModelProvider> All { get; } = [OpenAi, Anthropic];

    /// <summary>The environment variables that hold keys.</summary>
    public static IReadOnlyList<string> KeyVariables { get; } = [.. All.Select(provider => provider.KeyVariable), AzureAddress.KeyVariable];

    /// <summary>The one whose protocol an address is taken to speak that is nobody's own.</summary>
    internal static ModelProvider Common => OpenAi;

    /// <summary>The name that clients and journals give it, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>The name that people give it.</summary>
    public abstract string Title { get; }

    /// <summary>Its own address.</summary>
    public abstract Uri Url { get; }

    /// <summary>The model that is taken when none is named.</summary>
    public abstract string DefaultModel { get; }

    /// <summary>The environment variable of the key.</summary>
    public abstract string KeyVariable { get; }

    /// <summary>The environment variable of an address that speaks the protocol.</summary>
    public abstract string UrlVariable { get; }

    /// <summary>What the two environment variables are for, each in one line.</summary>
    public abstract IReadOnlyList<(string Name, string Meaning)> Variables { get; }

    /// <summary>Whether its endpoints take OpenAI's chat completions as clients write them, tools and images included.</summary>
    public virtual bool TakesChatCompletions => false;

    /// <summary>The path of a call below the endpoint's address.</summary>
    internal abstract string CallPath { get; }

    /// <summary>The path of the list of models.</summary>
    internal abstract string ListPath { get; }

    /// <summary>The headers that say how much is left of a limit, and when there is more again.</summary>
    internal abstract IReadOnlyList<(string Remaining, string Reset)> Limits { get; }

    /// <summary>List prices, as lines of <see cref="PriceTable"/>.</summary>
    internal abstract string Prices { get; }

    /// <summary>The headers of every request that need no key.</summary>
    internal virtual IReadOnlyList<(string Name, string Value)> Headers => [];

    /// <summary>The header of the key at an address.</summary>
    internal abstract (string Name, string Value) KeyHeaderFor(Uri url, string key);

    internal abstract IChatClient CreateClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options);

    /// <summary>Whether a model's name says that it is the provider's, so that no other endpoint is taken for it unasked.</summary>
    internal virtual bool Names(string model) => false;

    /// <summary>The name at the provider of a model that routers call by the provider's name, too.</summary>
    internal string ModelOf(string model) =>
        model.StartsWith(Name + "/", StringComparison.OrdinalIgnoreCase) ? model[(Name.Length + 1)..] : model;

    /// <summary>The endpoint's address of what people write as one.</summary>
    internal virtual Uri AddressOf(Uri url) => url;

    internal bool IsAt(Uri url) => string.Equals(url.Host, Url.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a client says of the model that it asks.</summary>
    internal ChatClientMetadata Describe(ModelEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(Name, endpoint.BaseUrl, endpoint.Model);
    }
}
