using Microsoft.Extensions.AI;

namespace Rlm.Providers.Servers;

/// <summary>Ollama by its own protocol, which takes the window that a prompt needs.</summary>
internal sealed class OllamaProvider : ModelProvider
{
    public static OllamaProvider Instance { get; } = new();

    public override string Name => "ollama";

    public override string Title => "Ollama";

    public override Uri Url { get; } = new("http://127.0.0.1:11434");

    /// <summary>None: it has what was loaded into it.</summary>
    public override string DefaultModel => "";

    public override string KeyVariable => Common.KeyVariable;

    public override string UrlVariable => Common.UrlVariable;

    public override IReadOnlyList<(string Name, string Meaning)> Variables => [];

    internal override string CallPath => "api/chat";

    internal override string ListPath => "v1/models";

    internal override IReadOnlyList<(string Remaining, string Reset)> Limits => [];

    internal override string Prices => "";

    internal override (string Name, string Value) KeyHeaderFor(Uri url, string key) => Common.KeyHeaderFor(url, key);

    internal override IChatClient CreateClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options) =>
        new OllamaChatClient(http, endpoint, options);
}
