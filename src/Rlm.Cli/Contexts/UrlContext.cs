using System.Net;
using System.Text;

namespace Rlm.Cli.Contexts;

/// <summary>Reads a context from an address, kept as standard input is.</summary>
internal static class UrlContext
{
    private const int MostRedirects = 5;

    /// <summary>Whether a context's path is an address.</summary>
    public static bool IsUrl(string path) =>
        path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <param name="address">The address.</param>
    /// <param name="encoding">What it is in; null for what its header says, else UTF-8.</param>
    /// <param name="maxBytes">The most that is read.</param>
    /// <exception cref="TextException">It cannot be read as a whole, or is not a text.</exception>
    public static TextSource Open(string address, Encoding? encoding, long maxBytes)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new TextException($"the context {address} is not an address");
        if (url.UserInfo.Length > 0)
            throw new TextException("the address of a context holds a password, which a journal would keep: leave it out");

        using var http = ModelHttp.CreateClient();
        try
        {
            using var response = Send(http, url);
            if (!response.IsSuccessStatusCode)
                throw new TextException(Invariant($"{address} answers {(int)response.StatusCode} {response.ReasonPhrase}"));
            if (response.Content.Headers.ContentLength > maxBytes)
                throw TooLarge(address, maxBytes);

            using var body = new BoundedStream(response.Content.ReadAsStream(), maxBytes, () => TooLarge(address, maxBytes));
            return TextSource.FromStream(body, address, encoding ?? EncodingOf(response));
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or IOException)
        {
            throw new TextException($"{address} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Follows an address to where it leads; never from https to http.</summary>
    private static HttpResponseMessage Send(HttpMessageInvoker http, Uri url)
    {
        for (int i = 0; ; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.ParseAdd($"rlm/{RlmCli.Version}");
            var response = http.Send(request, CancellationToken.None);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            var next = new Uri(url, location);
            if (i == MostRedirects)
                throw new TextException($"{url} leads on more than {MostRedirects} times");
            if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
                throw new TextException($"{url} leads to {next}, which is not safe to follow");
            url = next;
        }
    }

    private static Encoding? EncodingOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.CharSet?.Trim('"') is { Length: > 0 } name ? TextEncodings.Find(name) : null;

    private static TextException TooLarge(string address, long maxBytes) =>
        new(Invariant($"{address} is larger than {maxBytes >> 20:N0} MiB: give more with --max-download, or a file"));
}
