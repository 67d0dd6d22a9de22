namespace Rlm.Runtime.Models;

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

    /// <summary>The model that is taken at OpenAI when none is named.</summary>
    public const string DefaultOpenAiModel = "gpt-6.1-terra";

    /// <summary>The model that is taken at Anthropic when none is named.</summary>
    public const string DefaultAnthropicModel = "claude-sonnet-5-5";

    private const string AnthropicPrefix = "anthropic/", OpenAiPrefix = "openai/";
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(150);

    private readonly Func<string, string?> _environment;
    private readonly Func<ModelEndpoint, CancellationToken, Task<IReadOnlyList<ModelListing>>> _list;
    private readonly Func<Uri, CancellationToken, Task<IReadOnlyList<ModelListing>?>> _probe;

    /// <summary>A chooser that asks real endpoints.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="environment">Looks an environment variable up; null or empty when it is not set.</param>
    public ModelChooser(HttpMessageInvoker http, Func<string, string?> environment)
        : this(
            environment,
            (endpoint, cancellationToken) => ModelCatalog.ListAsync(http, endpoint, cancellationToken: cancellationToken),
            (url, cancellationToken) => ModelCatalog.TryListLocalAsync(http, url, ProbeTimeout, TimeProvider.System, cancellationToken))
    {
    }

    /// <summary>A chooser over other ways to ask.</summary>
    /// <param name="environment">Looks an environment variable up.</param>
    /// <param name="list">Lists an endpoint's models or throws <see cref="ModelException"/>.</param>
    /// <param name="probe">Lists a local server's models; null when none answers.</param>
    internal ModelChooser(
        Func<string, string?> environment,
        Func<ModelEndpoint, CancellationToken, Task<IReadOnlyList<ModelListing>>> list,
        Func<Uri, CancellationToken, Task<IReadOnlyList<ModelListing>?>> probe)
    {
        (_environment, _list, _probe) = (environment, list, probe);
    }

    /// <summary>Chooses; asks an endpoint only when no model is named and a server on this machine only when nothing else is set.</summary>
    /// <param name="model">The model that was asked for; null or empty for none.</param>
    /// <param name="baseUrl">The address that was asked for; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="ModelException">What is set does not lead to one model, or the endpoint does not answer.</exception>
    public async Task<ModelSelection> ChooseAsync(string? model, string? baseUrl, CancellationToken cancellationToken = default)
    {
        string modelFrom = "--model";
        if (Clean(model) is not { } name)
            (name, modelFrom) = (Variable("RLM_MODEL"), "RLM_MODEL");

        if (string.Equals(name, Offline, StringComparison.OrdinalIgnoreCase))
            return new(null, $"Using the offline model, as {modelFrom} says.");

        string? named = name is null ? null : modelFrom;
        if (Clean(baseUrl) is { } given)
            return await AtAsync(given, "--base-url", name, named, cancellationToken).ConfigureAwait(false);

        string? openAiUrl = Variable("OPENAI_BASE_URL"), openAiKey = Variable("OPENAI_API_KEY"), anthropicKey = Variable("ANTHROPIC_API_KEY");
        if (name is not null && IsClaude(name) && anthropicKey is not null)
            return Anthropic(WithoutPrefix(name, AnthropicPrefix), anthropicKey, $"{named} names one of Anthropic's and ANTHROPIC_API_KEY is set");

        if (openAiUrl is not null)
            return await AtAsync(openAiUrl, "OPENAI_BASE_URL", name, named, cancellationToken).ConfigureAwait(false);

        if (name is not null && IsClaude(name) && openAiKey is not null)
            throw MakeFailure($"The model `{name}` is Anthropic's: set ANTHROPIC_API_KEY, or --base-url for a router that offers it.");

        if (openAiKey is not null)
        {
            var endpoint = new ModelEndpoint(
                ModelProvider.OpenAi, ModelEndpoint.OpenAiUrl, name is null ? DefaultOpenAiModel : WithoutPrefix(name, OpenAiPrefix), openAiKey);
            return MakeSelection(endpoint, named is null ? "OPENAI_API_KEY is set" : $"{named} names it and OPENAI_API_KEY is set");
        }

        if (name is null && anthropicKey is not null)
            return Anthropic(DefaultAnthropicModel, anthropicKey, "ANTHROPIC_API_KEY is set");

        return await LocalAsync(name, named, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ModelSelection> AtAsync(string text, string source, string? model, string? named, CancellationToken cancellationToken)
    {
        var url = ModelEndpoint.TryParseUrl(text)
            ?? throw MakeFailure($"{source} is not an http or https address; write it like http://127.0.0.1:8000/v1.");
        if (IsHost(url, ModelEndpoint.AnthropicUrl))
        {
            string claude = model is null ? DefaultAnthropicModel : WithoutPrefix(model, AnthropicPrefix);
            return MakeSelection(new(ModelProvider.Anthropic, WithoutVersion(url), claude, Variable("ANTHROPIC_API_KEY")), $"{source} is Anthropic's address");
        }

        var endpoint = new ModelEndpoint(ModelProvider.OpenAi, url, model ?? "", Variable("OPENAI_API_KEY"));
        if (model is not null)
            return MakeSelection(endpoint, $"{named} and {source} say so");

        if (IsHost(url, ModelEndpoint.OpenAiUrl))
            return MakeSelection(endpoint with { Model = DefaultOpenAiModel }, $"{source} is OpenAI's address");

        var offered = await _list(endpoint, cancellationToken).ConfigureAwait(false);
        return offered switch
        {
            [var only] => MakeSelection(endpoint with { Model = only.Id }, $"it is the only model that {source} offers", only.WindowTokens),
            [] => throw MakeFailure($"{ModelUrl.Display(url)} lists no models; name one with --model."),
            _ => throw MakeFailure($"{ModelUrl.Display(url)} offers {offered.Count} models; name one with --model: {Names(offered)}."),
        };
    }

    private async Task<ModelSelection> LocalAsync(string? model, string? named, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(LocalServer.Known.Select(server => _probe(server.BaseUrl, cancellationToken))).ConfigureAwait(false);
        foreach (var (server, offered) in LocalServer.Known.Zip(answers))
        {
            var found = offered?.FirstOrDefault(listing => model is null ? CanChat(listing) : IsSame(listing.Id, model));
            if (found is null)
                continue;

            var endpoint = new ModelEndpoint(ModelProvider.OpenAi, server.BaseUrl, found.Id);
            string why = named is not null ? $"{named} names it and a local server ({server.Name}'s port) offers it"
                : offered!.Count == 1 ? $"a local server ({server.Name}'s port) offers it and no key is set"
                : $"a local server ({server.Name}'s port) offers it first of {offered.Count} and no key is set; --model takes another";
            return MakeSelection(endpoint, why, found.WindowTokens);
        }

        if (model is null)
            return new(null, "Using the offline model, because no model is set (--model, --base-url, an API key) and no local server answers.");

        IReadOnlyList<ModelListing> local = [.. answers.SelectMany(offered => offered ?? [])];
        throw MakeFailure(local.Count > 0
            ? $"No local server offers `{model}`: take one of {Names(local)}, or set --base-url or an API key."
            : $"Nothing says where the model `{model}` is: set --base-url or {(IsClaude(model) ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY")}, or start a local server.");
    }

    private ModelSelection Anthropic(string model, string key, string why)
    {
        var url = Variable("ANTHROPIC_BASE_URL") is { } text
            ? ModelEndpoint.TryParseUrl(text) ?? throw MakeFailure("ANTHROPIC_BASE_URL is not an http or https address.")
            : ModelEndpoint.AnthropicUrl;
        return MakeSelection(new(ModelProvider.Anthropic, WithoutVersion(url), model, key), why);
    }

    private static ModelSelection MakeSelection(ModelEndpoint endpoint, string why, int? windowTokens = null) =>
        new(endpoint, $"Using {endpoint}, because {why}.", windowTokens);

    private static ModelException MakeFailure(string message) => new(ModelFailure.NotChosen, message);

    private string? Variable(string name) => Clean(_environment(name));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool IsClaude(string model) => WithoutPrefix(model, AnthropicPrefix) != model || model.StartsWith("claude-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Embedding and ranking models are listed beside the others and cannot chat.</summary>
    private static bool CanChat(ModelListing listing) =>
        !listing.Id.Contains("embed", StringComparison.OrdinalIgnoreCase) && !listing.Id.Contains("rerank", StringComparison.OrdinalIgnoreCase);

    /// <summary>Ollama lists <c>name:latest</c> for what is called <c>name</c>.</summary>
    private static bool IsSame(string listed, string model) =>
        string.Equals(listed, model, StringComparison.OrdinalIgnoreCase) || string.Equals(listed, model + ":latest", StringComparison.OrdinalIgnoreCase);

    private static string WithoutPrefix(string model, string prefix) =>
        model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? model[prefix.Length..] : model;

    private static bool IsHost(Uri url, Uri other) => string.Equals(url.Host, other.Host, StringComparison.OrdinalIgnoreCase);

    private static Uri WithoutVersion(Uri url) =>
        url.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? new UriBuilder(url) { Path = url.AbsolutePath.TrimEnd('/')[..^3] }.Uri : url;

    private static string Names(IReadOnlyList<ModelListing> listings)
    {
        const int Shown = 10;
        string names = string.Join(", ", listings.Take(Shown).Select(listing => listing.Id));
        return listings.Count > Shown ? $"{names} and {listings.Count - Shown} more" : names;
    }
}
