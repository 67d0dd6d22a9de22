using Microsoft.Extensions.AI;
using Rlm.Providers;

namespace Rlm;

/// <summary>Where a model is, and how to be let in.</summary>
/// <param name="Provider">Whose protocol it speaks.</param>
/// <param name="BaseUrl">For OpenAI the address that <c>/chat/completions</c> is added to, for Anthropic the one
/// before <c>/v1/messages</c>.</param>
/// <param name="Model">The model's id at the endpoint; may be empty when its models are only listed.</param>
/// <param name="Key">The API key, or null for none. Never printed.</param>
public sealed record ModelEndpoint(ModelProvider Provider, Uri BaseUrl, string Model, string? Key = null)
{
    /// <summary>The environment's name for the header of the key, at an address that is nobody's own.</summary>
    internal const string KeyHeaderVariable = "RLM_KEY_HEADER";

    /// <summary>
    /// The header that the key goes into as it is, as some gateways want it. Null, the default, for the provider's own: at an address like
    /// Azure's <c>api-key</c>.
    /// </summary>
    public string? KeyHeader { get; init; }

    /// <summary>Reads a base URL as people write it: with or without scheme, trailing slash or the path of a call.</summary>
    /// <returns>An http or https address without fragment, or null when it is none.</returns>
    public static Uri? TryParseUrl(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            ? ModelUrl.Normalize(url)
            : null;
    }

    /// <summary>A chat client for the model.</summary>
    /// <param name="http">Sends the requests; stays the caller's to dispose. <see cref="ModelHttp.CreateClient"/> makes one.</param>
    /// <param name="options">Null means the defaults.</param>
    public IChatClient CreateClient(HttpMessageInvoker http, ModelClientOptions? options = null) =>
        Provider.CreateClient(http, this, options);

    /// <summary>The model and its address, without the key.</summary>
    public override string ToString() => $"{Model} at {ModelUrl.Display(BaseUrl)}";
}
