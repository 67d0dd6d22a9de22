using Microsoft.Extensions.AI;
using Rlm.Providers;
using Rlm.Runtime.Models;

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

    /// <summary>
    /// A model that workers ask, each with an address and a key of its own: it speaks Anthropic's protocol where that is whose model the name is,
    /// else OpenAI's.
    /// </summary>
    /// <param name="model">The model's id, as the workers' endpoints call it.</param>
    public static ModelEndpoint ForWorkers(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var provider = ModelProvider.All.FirstOrDefault(provider => provider.Names(model)) ?? ModelProvider.Common;
        return new(provider, new Uri("http://workers"), provider.ModelOf(model));
    }

    /// <summary>A chat client for the model.</summary>
    /// <param name="http">Sends the requests; stays the caller's to dispose. <see cref="ModelHttp.CreateClient"/> makes one.</param>
    /// <param name="options">Null means the defaults.</param>
    public IChatClient CreateClient(HttpMessageInvoker http, ModelClientOptions? options = null) =>
        Provider.CreateClient(http, this, options);

    /// <summary>A request for a call to the model, for a host that hands on what others wrote in the provider's protocol.</summary>
    /// <param name="body">The call, as it is sent.</param>
    /// <returns>A request with the endpoint's key, and no other header.</returns>
    /// <exception cref="ModelException">The key, or the name of its header, can be none.</exception>
    public HttpRequestMessage CreateRequest(HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ModelUrl.Combine(AzureAddress.AddressOf(BaseUrl, Model), Provider.CallPath)) { Content = body };
        foreach (var (name, value) in ReadHeaders())
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>The headers of every request, with that of the key.</summary>
    /// <exception cref="ModelException">The key, or the name of its header, can be none.</exception>
    internal IReadOnlyList<(string Name, string Value)> ReadHeaders()
    {
        if (string.IsNullOrWhiteSpace(Key))
            return Provider.Headers;

        string key = Key.Trim();
        var header = KeyHeader is null ? Provider.KeyHeaderFor(BaseUrl, key)
            : KeyHeader.Length > 0 && KeyHeader.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? (KeyHeader, key)
            : throw new ModelException(ModelFailure.NotChosen, $"`{KeyHeader}` is not the name of a header: write one for the key such as X-Key.");
        // Checked here because the framework's own message for a bad header would quote the key.
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ModelException(
                ModelFailure.Unauthorized, "The API key holds characters that no key has, such as spaces or line ends; set it again.");
        KnownKeys.Add(key);
        return [.. Provider.Headers, header];
    }

    /// <summary>The model and its address, without the key.</summary>
    public override string ToString() => $"{Model} at {ModelUrl.Display(BaseUrl)}";
}
