using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;
using Rlm.Server.Measures;

namespace Rlm.Server.Endpoints;

/// <summary>What Prometheus asks for.</summary>
internal sealed class MetricsEndpoint(ServerMetrics metrics, bool needsToken) : ServerEndpoint("GET", "/metrics")
{
    public override bool NeedsToken => needsToken;

    public override bool IsWork => false;

    public override Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(metrics.Write(), context.RequestAborted);
    }
}
