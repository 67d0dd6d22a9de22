namespace Rlm.Providers;

/// <summary>
/// The addresses of OpenAI's models at Azure, and of gateways before them: either <c>…/openai/v1</c>, or one for each deployment, which has
/// the version of the protocol in its query. Source: https://learn.microsoft.com/azure/ai-foundry/openai/reference.
/// </summary>
internal static class AzureAddress
{
    /// <summary>The version that is asked for where nothing names one.</summary>
    public const string DefaultVersion = "2024-10-21";

    /// <summary>The environment's names for the key, the resource and the version, as Azure's own libraries have them.</summary>
    public const string KeyVariable = "AZURE_OPENAI_API_KEY", UrlVariable = "AZURE_OPENAI_ENDPOINT", VersionVariable = "OPENAI_API_VERSION";

    private const string VersionField = "api-version=";
    private const string Deployments = "/deployments/";

    private static readonly string[] Hosts =
        [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com", ".openai.azure.us"];

    /// <summary>Whether it is Azure's, or like one of Azure's, so that the key goes into a header of its own.</summary>
    public static bool Is(Uri url) => IsHost(url) || DeploymentOf(url) is not null
        || url.Query.Contains(VersionField, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host is Azure's own.</summary>
    public static bool IsHost(Uri url) => Array.Exists(Hosts, host => url.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address that calls are made below, of what people write.</summary>
    /// <param name="url">What they write: the resource alone, or with a path.</param>
    /// <param name="version">The version of the protocol; null for <see cref="DefaultVersion"/>.</param>
    public static Uri Complete(Uri url, string? version)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        if (IsHost(url) && path is "" or "/openai")
            return new UriBuilder(url) { Path = "/openai/v1" }.Uri;

        if (DeploymentOf(url) is null || url.Query.Contains(VersionField, StringComparison.OrdinalIgnoreCase))
            return url;

        string query = url.Query.TrimStart('?');
        string field = VersionField + Uri.EscapeDataString(version ?? DefaultVersion);
        return new UriBuilder(url) { Query = query.Length > 0 ? $"{query}&{field}" : field }.Uri;
    }

    /// <summary>The deployment that the path names; null where it names none.</summary>
    public static string? DeploymentOf(Uri url)
    {
        int at = DeploymentsAt(url);
        return at >= 0 && url.AbsolutePath[(at + Deployments.Length)..].TrimEnd('/') is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal)
            ? Uri.UnescapeDataString(name)
            : null;
    }

    /// <summary>The address of another deployment, where the path names one.</summary>
    public static Uri AddressOf(Uri url, string deployment) => DeploymentOf(url) is null ? url
        : new UriBuilder(url) { Path = url.AbsolutePath[..(DeploymentsAt(url) + Deployments.Length)] + Uri.EscapeDataString(deployment) }.Uri;

    /// <summary>The address that lists models, which no deployment does.</summary>
    public static Uri ListAddressOf(Uri url) => DeploymentOf(url) is null ? url
        : new UriBuilder(url) { Path = url.AbsolutePath[..DeploymentsAt(url)] }.Uri;

    private static int DeploymentsAt(Uri url) => url.AbsolutePath.LastIndexOf(Deployments, StringComparison.OrdinalIgnoreCase);
}
