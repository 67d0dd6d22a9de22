namespace Rlm.Providers;

/// <summary>Builds and shows the addresses of an endpoint.</summary>
internal static class ModelUrl
{
    private static readonly string[] CallPaths = [.. ModelProvider.All.Select(provider => "/" + provider.CallPath), "/models"];

    /// <summary>Drops the trailing slash, the path of a call and the fragment; keeps the query, which some gateways need.</summary>
    public static Uri Normalize(Uri url)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        foreach (string call in CallPaths)
        {
            if (path.EndsWith(call, StringComparison.OrdinalIgnoreCase))
                path = path[..^call.Length];
        }

        return new UriBuilder(url) { Path = path, Fragment = "" }.Uri;
    }

    /// <summary>The address of one call; <paramref name="path"/> has no leading slash and may have a query of its own.</summary>
    public static Uri Combine(Uri baseUrl, string path)
    {
        int question = path.IndexOf('?', StringComparison.Ordinal);
        string query = question < 0 ? "" : path[(question + 1)..], own = baseUrl.Query.TrimStart('?');
        return new UriBuilder(baseUrl)
        {
            Path = $"{baseUrl.AbsolutePath.TrimEnd('/')}/{(question < 0 ? path : path[..question])}",
            Query = own.Length > 0 && query.Length > 0 ? $"{own}&{query}" : own + query,
        }.Uri;
    }

    /// <summary>The address without what may be secret: user, password and query.</summary>
    public static string Display(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}
