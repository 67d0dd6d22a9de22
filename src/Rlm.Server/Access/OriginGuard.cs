using System.Net;
using Microsoft.AspNetCore.Http;
using Rlm.Server.Protocol;

namespace Rlm.Server.Access;

/// <summary>
/// Keeps web pages away from a server that asks for no token: a browser on this machine would send their requests here, under a name that
/// leads here since a moment ago, or blindly.
/// </summary>
/// <param name="isOpen">Whether the server asks for no token.</param>
internal sealed class OriginGuard(bool isOpen)
{
    /// <exception cref="ApiException">The request may be a web page's.</exception>
    public void Check(HttpRequest request)
    {
        if (!isOpen)
            return;
        if (!IsLocal(request.Host.Host))
        {
            throw ApiException.Forbidden(
                "The Host header names another machine: ask by 127.0.0.1 or localhost, or let the server ask for a token.");
        }

        if (request.Headers.Origin is [{ } origin, ..] && !origin.Equals($"http://{request.Host}", StringComparison.OrdinalIgnoreCase))
            throw ApiException.Forbidden("A web page of another origin may not ask a server without a token.");

        // A page's plain GET has no Origin; other programs than browsers send neither.
        if (request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site", ..] && !OpensPage(request))
            throw ApiException.Forbidden("A web page of another site may not ask a server without a token.");
    }

    /// <summary>Whether a person follows a link to a page of runs, which shows nothing to the page with the link.</summary>
    private static bool OpensPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] is ["navigate", ..]
        && (request.Path == "/" || request.Path.StartsWithSegments("/runs", StringComparison.Ordinal));

    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
