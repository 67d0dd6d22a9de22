using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;

namespace Rlm.Server.Endpoints;

/// <summary>Leads a browser that was given the server's address alone to its pages.</summary>
/// <param name="target">Where they are.</param>
internal sealed class StartEndpoint(string target) : ServerEndpoint("GET", "/")
{
    public override bool NeedsToken => false;

    public override bool IsWork => false;

    public override Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    }
}
