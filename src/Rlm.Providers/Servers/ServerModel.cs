using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Providers.Wire;

namespace Rlm.Providers.Servers;

/// <summary>
/// What a server that people run themselves says of a model, each by its own addresses: the window that it gives a prompt, not the one that
/// the model was trained with. Nobody else is asked, and each answer is optional: without one, the window is not known.
/// </summary>
internal sealed partial class ServerModel(HttpMessageInvoker http, TimeProvider time, CancellationToken cancellationToken)
{
    /// <summary>What Ollama is asked for where nothing says how much: it takes 4,096 of its own on most machines, and cuts prompts in silence.</summary>
    public const int OllamaWindowTokens = 16_384;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What is known of the model, and the endpoint to ask it at.</summary>
    /// <param name="endpoint">The endpoint, with the model.</param>
    /// <param name="listing">What its list of models says, where that was asked for already; else null.</param>
    public async Task<(ModelEndpoint Endpoint, ModelListing? Listing)> FindAsync(ModelEndpoint endpoint, ModelListing? listing)
    {
        if (!IsNear(endpoint.BaseUrl))
            return (endpoint, listing);

        if (endpoint.Provider is OllamaProvider)
            return (endpoint, await AskOllamaAsync(endpoint).ConfigureAwait(false) ?? listing);

        listing ??= await FindInListAsync(endpoint).ConfigureAwait(false);
        switch (listing?.Owner)
        {
            case "llamacpp":
                return (endpoint, listing with { WindowTokens = await AskLlamaCppAsync(endpoint).ConfigureAwait(false) ?? listing.WindowTokens });
            case "organization_owner":
                return (endpoint, listing with { WindowTokens = await AskLmStudioAsync(endpoint).ConfigureAwait(false) ?? listing.WindowTokens });
            // What Ollama calls itself. Its own protocol alone takes a window.
            case "library":
                var own = endpoint with { Provider = OllamaProvider.Instance, BaseUrl = RootOf(endpoint.BaseUrl) };
                return await AskOllamaAsync(own).ConfigureAwait(false) is { } told ? (own, told) : (endpoint, listing);
            default:
                return (endpoint, listing);
        }
    }

    private async Task<ModelListing?> FindInListAsync(ModelEndpoint endpoint)
    {
        IReadOnlyList<ModelListing> listings;
        try
        {
            listings = await ModelCatalog.ListAsync(http, endpoint, Quick, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException)
        {
            return null;
        }

        // llama.cpp serves one model by any name.
        return listings.FirstOrDefault(listing => ModelListing.IsSame(listing.Id, endpoint.Model))
            ?? (listings is [{ Owner: "llamacpp" } only] ? only : null);
    }

    private async Task<int?> AskLlamaCppAsync(ModelEndpoint endpoint) =>
        await GetAsync(endpoint, "props").ConfigureAwait(false) is { } properties && Find(properties, "default_generation_settings") is { } settings
            ? ReadTokens(settings, "n_ctx")
            : null;

    private async Task<int?> AskLmStudioAsync(ModelEndpoint endpoint)
    {
        var models = await GetAsync(endpoint, "api/v0/models").ConfigureAwait(false);
        foreach (var model in models is { } list && Find(list, "data") is { ValueKind: JsonValueKind.Array } data ? data.EnumerateArray() : default)
        {
            if (Find(model, "id") is { ValueKind: JsonValueKind.String } id && id.ValueEquals(endpoint.Model))
                return ReadTokens(model, "loaded_context_length") ?? ReadTokens(model, "max_context_length");
        }

        return null;
    }

    /// <summary>The window of a model that is loaded, so that it is not loaded anew; else that of its file, else as much as it was trained with, within bounds.</summary>
    private async Task<ModelListing?> AskOllamaAsync(ModelEndpoint endpoint)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"model":{{JsonSerializer.Serialize(endpoint.Model, ModelJsonContext.Wire.String)}}}""");
        var shown = await AskAsync(endpoint, "api/show", body).ConfigureAwait(false);
        if (shown is not { } model || Find(model, "model_info") is not { ValueKind: JsonValueKind.Object } info)
            return null;

        int? trained = null;
        foreach (var field in info.EnumerateObject())
        {
            if (field.Name.EndsWith(".context_length", StringComparison.Ordinal))
                trained = ReadTokens(info, field.Name);
        }

        int? chosen = Find(model, "parameters") is { ValueKind: JsonValueKind.String } parameters
            && ContextParameter.Match(parameters.GetString()!) is { Success: true } match && int.TryParse(match.Groups[1].Value, out int tokens)
            ? tokens
            : null;
        int window = await FindLoadedAsync(endpoint).ConfigureAwait(false) ?? chosen ?? OllamaWindowTokens;
        return new(endpoint.Model, Math.Min(window, trained ?? window));
    }

    private async Task<int?> FindLoadedAsync(ModelEndpoint endpoint)
    {
        var running = await GetAsync(endpoint, "api/ps").ConfigureAwait(false);
        foreach (var model in running is { } list && Find(list, "models") is { ValueKind: JsonValueKind.Array } models ? models.EnumerateArray() : default)
        {
            if (Find(model, "name") is { ValueKind: JsonValueKind.String } name && ModelListing.IsSame(name.GetString()!, endpoint.Model))
                return ReadTokens(model, "context_length");
        }

        return null;
    }

    private Task<JsonElement?> GetAsync(ModelEndpoint endpoint, string path) => AskAsync(endpoint, path, null);

    /// <summary>The server's answer; null where it gives none.</summary>
    private async Task<JsonElement?> AskAsync(ModelEndpoint endpoint, string path, byte[]? body)
    {
        var transport = new ModelTransport(http, endpoint with { BaseUrl = RootOf(endpoint.BaseUrl) }, path, Quick);
        try
        {
            return body is null
                ? await transport.GetAsync(Parse, cancellationToken).ConfigureAwait(false)
                : await transport.PostAsync(_ => body, Parse, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException)
        {
            return null;
        }

        static JsonElement? Parse(ReadOnlySpan<byte> json, FailureReader failures)
        {
            var reader = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref reader);
        }
    }

    private ModelClientOptions Quick => new() { Timeout = Patience, MaxAttempts = 1, TimeProvider = time };

    /// <summary>Whether it is on this machine or in its network: others are providers, whose windows their lists and people tell.</summary>
    private static bool IsNear(Uri url)
    {
        if (url.IsLoopback || url.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || !url.Host.Contains('.', StringComparison.Ordinal))
            return true;

        return IPAddress.TryParse(url.Host, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            && address.GetAddressBytes() is [10, ..] or [192, 168, ..] or [172, >= 16 and < 32, ..];
    }

    private static Uri RootOf(Uri url)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/v1", StringComparison.Ordinal) ? new UriBuilder(url) { Path = path[..^3] }.Uri : url;
    }

    private static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    private static int? ReadTokens(JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int tokens) && tokens > 0 ? tokens : null;

    [GeneratedRegex(@"^num_ctx\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ContextParameter { get; }
}
