using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;

namespace Rlm.Server.Endpoints;

/// <summary>Answers the requests of a path.</summary>
/// <param name="method">GET or POST.</param>
/// <param name="path">The path; with <c>/*</c> at its end for all below it.</param>
internal abstract class ServerEndpoint(string method, string path)
{
    public string Method => method;

    /// <summary>What metrics call it.</summary>
    public string Path => path;

    /// <summary>Whether a token must be sent, where there are any.</summary>
    public virtual bool NeedsToken => true;

    /// <summary>Whether it begins work that a server which is stopping no longer begins.</summary>
    public virtual bool IsWork => true;

    /// <summary>Whether browsers show it, so that a token may come as the password that one asks for.</summary>
    public virtual bool IsForBrowsers => false;

    /// <summary>Whether a path is this one.</summary>
    public bool Matches(string asked) => path.EndsWith("/*", StringComparison.Ordinal)
        ? asked.Length >= path.Length && asked.AsSpan().StartsWith(path.AsSpan(0, path.Length - 1), StringComparison.Ordinal)
        : asked == path;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who asks; null where no token is needed.</param>
    public abstract Task HandleAsync(HttpContext context, ApiCaller? caller);
}
