using Rlm.Providers;
using Rlm.Providers.Servers;

namespace Rlm;

/// <summary>Chooses a model from what the command line and the environment say.</summary>
/// <remarks>
/// In this order: a base URL that was given; the model's name (<c>claude-…</c> means Anthropic when its key is there);
/// <c>OPENAI_BASE_URL</c> or <c>OPENAI_API_KEY</c>; <c>ANTHROPIC_API_KEY</c>; a server on this machine; the offline model.
/// <c>RLM_MODEL</c> stands in for a model that was not given. The model name <c>offline</c> means the offline model.
/// </remarks>
public sealed class ModelChooser
{
    /// <summary>The name that means the offline model.</summary>
    public const string Offline = "offline";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(150);

    private readonly Func<string, string?> _environment;
    private readonly string _model;
    private readonly string _baseUrl;
    private readonly string _modelSource;
    private readonly string _baseUrlSource;
    private readonly Func<ModelEndpoint, CancellationToken, Task<IReadOnlyList<ModelListing>>> _list;
    private readonly Func<Uri, CancellationToken, Task<IReadOnlyList<ModelListing>?>> _probe;
    private readonly Func<ModelEndpoint, ModelListing?, CancellationToken, Task<(ModelEndpoint Endpoint, ModelListing? Listing)>> _describe;

    /// <summary>A chooser that asks real endpoints.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="environment">Looks an environment variable up; null or empty when it is not set.</param>
    /// <param name="optionNames">
    /// What messages call the parameters <c>model</c> and <c>baseUrl</c> of <see cref="ChooseAsync"/>, such as <c>--model</c> where people
    /// set them so, and under <c>modelSource</c> and <c>baseUrlSource</c> where their values were set, such as a file. Null for their own names.
    /// </param>
    public ModelChooser(
        HttpMessageInvoker http, Func<string, string?> environment, IReadOnlyDictionary<string, string>? optionNames = null)
        : this(
            environment,
            (endpoint, cancellationToken) => ModelCatalog.ListAsync(http, endpoint, cancellationToken: cancellationToken),
            (url, cancellationToken) => ModelCatalog.TryListLocalAsync(http, url, ProbeTimeout, TimeProvider.System, cancellationToken),
            optionNames,
            (endpoint, listing, cancellationToken) => new ServerModel(http, TimeProvider.System, cancellationToken).FindAsync(endpoint, listing))
    {
        ArgumentNullException.ThrowIfNull(http);
    }

    /// <summary>A chooser over other ways to ask.</summary>
    /// <param name="environment">Looks an environment variable up.</param>
    /// <param name="list">Lists an endpoint's models or throws <see cref="ModelException"/>.</param>
    /// <param name="probe">Lists a local server's models; null when none answers.</param>
    /// <param name="optionNames">What messages call the parameters; null for their own names.</param>
    /// <param name="describe">Asks a model server about a model; null for not at all.</param>
    internal ModelChooser(
        Func<string, string?> environment,
        Func<ModelEndpoint, CancellationToken, Task<IReadOnlyList<ModelListing>>> list,
        Func<Uri, CancellationToken, Task<IReadOnlyList<ModelListing>?>> probe,
        IReadOnlyDictionary<string, string>? optionNames = null,
        Func<ModelEndpoint, ModelListing?, CancellationToken, Task<(ModelEndpoint Endpoint, ModelListing? Listing)>>? describe = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _describe = describe ?? ((endpoint, listing, _) => Task.FromResult((endpoint, listing)));
        (_environment, _list, _probe) = (environment, list, probe);
        _model = optionNames?.GetValueOrDefault("model") ?? "model";
        _baseUrl = optionNames?.GetValueOrDefault("baseUrl") ?? "baseUrl";
        _modelSource = optionNames?.GetValueOrDefault("modelSource") ?? _model;
        _baseUrlSource = optionNames?.GetValueOrDefault("baseUrlSource") ?? _baseUrl;
    }

    /// <summary>Chooses; asks an endpoint which models it has only when none is named, and looks for a server on this machine only when nothing else is set. A model server on this machine or in its network is asked about the model's window.</summary>
    /// <param name="model">The model that was asked for; null or empty for none.</param>
    /// <param name="baseUrl">The address that was asked for; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="ModelException">What is set does not lead to one model, or the endpoint does not answer.</exception>
    public async Task<ModelSelection> ChooseAsync(string? model, string? baseUrl, CancellationToken cancellationToken = default)
    {
        string modelFrom = _modelSource;
        if (Clean(model) is not { } name)
            (name, modelFrom) = (Variable("RLM_MODEL"), "RLM_MODEL");

        if (string.Equals(name, Offline, StringComparison.OrdinalIgnoreCase))
            return new(null, $"Using the offline model, as {modelFrom} says.");

        string? named = name is null ? null : modelFrom;
        if (Clean(baseUrl) is { } given)
            return await AtAsync(given, _baseUrlSource, name, named, cancellationToken).ConfigureAwait(false);

        var common = ModelProvider.Common;
        var maker = name is null ? null : ModelProvider.All.FirstOrDefault(provider => provider.Names(name));
        if (maker is not null && Variable(maker.KeyVariable) is { } makersKey)
            return ChooseAt(maker, maker.ModelOf(name!), makersKey, $"{named} names one of {maker.Title}'s and {maker.KeyVariable} is set");

        if (Variable(common.UrlVariable) is { } url)
            return await AtAsync(url, common.UrlVariable, name, named, cancellationToken).ConfigureAwait(false);

        if (maker is not null && Variable(common.KeyVariable) is not null)
            throw MakeFailure(
                $"The model `{name}` is {maker.Title}'s: set {maker.KeyVariable}, or {_baseUrl} for a router that offers it.");

        foreach (var provider in ModelProvider.All)
        {
            if ((name is null || provider == common) && Variable(provider.KeyVariable) is { } key)
            {
                string why = $"{provider.KeyVariable} is set";
                return ChooseAt(
                    provider,
                    name is null ? provider.DefaultModel : provider.ModelOf(name),
                    key,
                    named is null ? why : $"{named} names it and {why}");
            }
        }

        if (Variable(AzureAddress.UrlVariable) is { } azure)
            return await AtAsync(azure, AzureAddress.UrlVariable, name, named, cancellationToken).ConfigureAwait(false);

        return await LocalAsync(name, named, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The endpoint at an address, with the key that the environment has for it and without a model, as
    /// <see cref="ModelCatalog"/> takes it.
    /// </summary>
    /// <param name="baseUrl">The address that was asked for.</param>
    /// <exception cref="ModelException">It is not an address.</exception>
    public ModelEndpoint FindEndpoint(string baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        return FindEndpoint(baseUrl, _baseUrl);
    }

    private ModelEndpoint FindEndpoint(string text, string source)
    {
        var url = ModelEndpoint.TryParseUrl(text)
            ?? throw MakeFailure($"{source} is not an http or https address; write it like http://127.0.0.1:8000/v1.");
        var owner = ModelProvider.All.FirstOrDefault(provider => provider.IsAt(url));
        // A key never goes to a provider in the clear, whether the scheme was left out or is a slip.
        if ((owner is not null || AzureAddress.IsHost(url)) && url.Scheme == Uri.UriSchemeHttp)
            url = new UriBuilder(url) { Scheme = Uri.UriSchemeHttps, Port = url.IsDefaultPort ? -1 : url.Port }.Uri;
        var provider = owner ?? ModelProvider.Common;
        if (owner is not null)
            return new(provider, provider.AddressOf(url), "", Variable(provider.KeyVariable));

        bool isAzure = AzureAddress.Is(url);
        string? key = (isAzure ? Variable(AzureAddress.KeyVariable) : null) ?? Variable(provider.KeyVariable);
        url = AzureAddress.Complete(url, Variable(AzureAddress.VersionVariable));
        return new(provider, url, "", key) { KeyHeader = Variable(ModelEndpoint.KeyHeaderVariable) };
    }

    private async Task<ModelSelection> AtAsync(
        string text, string source, string? model, string? named, CancellationToken cancellationToken)
    {
        var endpoint = FindEndpoint(text, source);
        var provider = endpoint.Provider;
        if (provider.IsAt(endpoint.BaseUrl) && (model is null || provider != ModelProvider.Common))
        {
            string taken = model is null ? provider.DefaultModel : provider.ModelOf(model);
            return MakeSelection(endpoint with { Model = taken }, $"{source} is {provider.Title}'s address");
        }

        if (model is not null)
            return await DescribeAsync(endpoint with { Model = model }, $"{named} and {source} say so", null, cancellationToken).ConfigureAwait(false);

        if (AzureAddress.DeploymentOf(endpoint.BaseUrl) is { } deployment)
            return MakeSelection(endpoint with { Model = deployment }, $"{source} names the deployment");
        if (AzureAddress.Is(endpoint.BaseUrl))
            throw MakeFailure($"{source} is an address of Azure; name the deployment with {_model}.");

        var offered = await _list(endpoint, cancellationToken).ConfigureAwait(false);
        return offered switch
        {
            [var only] => await DescribeAsync(
                endpoint with { Model = only.Id }, $"it is the only model that {source} offers", only, cancellationToken).ConfigureAwait(false),
            [] => throw MakeFailure($"{ModelUrl.Display(endpoint.BaseUrl)} lists no models; name one with {_model}."),
            _ => throw MakeFailure(
                $"{ModelUrl.Display(endpoint.BaseUrl)} offers {offered.Count} models; name one with {_model}: {Names(offered)}."),
        };
    }

    private async Task<ModelSelection> LocalAsync(string? model, string? named, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(LocalServer.Known.Select(server => _probe(server.BaseUrl, cancellationToken)))
            .ConfigureAwait(false);
        foreach (var (server, offered) in LocalServer.Known.Zip(answers))
        {
            var found = offered?.FirstOrDefault(listing => model is null ? CanChat(listing) : ModelListing.IsSame(listing.Id, model));
            if (found is null)
                continue;

            var endpoint = new ModelEndpoint(ModelProvider.Common, server.BaseUrl, found.Id);
            string why = named is not null ? $"{named} names it and a local server ({server.Name}'s port) offers it"
                : offered!.Count == 1 ? $"a local server ({server.Name}'s port) offers it and no key is set"
                : $"a local server ({server.Name}'s port) offers it first of {offered.Count} and no key is set; {_model} takes another";
            return await DescribeAsync(endpoint, why, found, cancellationToken).ConfigureAwait(false);
        }

        if (model is null)
            return new(
                null, $"Using the offline model, because no model is set ({_model}, {_baseUrl}, an API key) and no local server answers.");

        IReadOnlyList<ModelListing> local = [.. answers.SelectMany(offered => offered ?? [])];
        throw MakeFailure(local.Count > 0
            ? $"No local server offers `{model}`: take one of {Names(local)}, or set {_baseUrl} or an API key."
            : $"Nothing says where the model `{model}` is: set {_baseUrl} or {(ModelProvider.All.FirstOrDefault(provider => provider.Names(model)) ?? ModelProvider.Common).KeyVariable}, or start a local server.");
    }

    private ModelSelection ChooseAt(ModelProvider provider, string model, string key, string why)
    {
        var url = Variable(provider.UrlVariable) is { } text
            ? ModelEndpoint.TryParseUrl(text) ?? throw MakeFailure($"{provider.UrlVariable} is not an http or https address.")
            : provider.Url;
        return MakeSelection(new(provider, provider.AddressOf(url), model, key), why);
    }

    /// <summary>Another model at the endpoint of a choice, with what a model server on this machine or in its network says of it.</summary>
    /// <param name="endpoint">The endpoint of a choice.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public Task<ModelSelection> ChooseAtAsync(ModelEndpoint endpoint, string model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(model);
        return DescribeAsync(endpoint with { Model = model }, $"{_modelSource} says so", null, cancellationToken);
    }

    private async Task<ModelSelection> DescribeAsync(ModelEndpoint endpoint, string why, ModelListing? listing, CancellationToken cancellationToken)
    {
        string reason = MakeSelection(endpoint, why).Reason;
        var (found, told) = await _describe(endpoint, listing, cancellationToken).ConfigureAwait(false);
        return MakeSelection(found, why, told) with { Reason = reason };
    }

    private static ModelSelection MakeSelection(ModelEndpoint endpoint, string why, ModelListing? listing = null) =>
        new(endpoint, $"Using {endpoint}, because {why}.", listing?.WindowTokens) { Grammar = listing?.Grammar };

    private static ModelException MakeFailure(string message) => new(ModelFailure.NotChosen, message);

    private string? Variable(string name) => Clean(_environment(name));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Embedding and ranking models are listed beside the others and cannot chat.</summary>
    private static bool CanChat(ModelListing listing) =>
        !listing.Id.Contains("embed", StringComparison.OrdinalIgnoreCase)
            && !listing.Id.Contains("rerank", StringComparison.OrdinalIgnoreCase);

    private static string Names(IReadOnlyList<ModelListing> listings)
    {
        const int Shown = 10;
        string names = string.Join(", ", listings.Take(Shown).Select(listing => listing.Id));
        return listings.Count > Shown ? $"{names} and {listings.Count - Shown} more" : names;
    }
}
