using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;
using Rlm.Server.Protocol;

namespace Rlm.Server.Endpoints;

/// <summary>Whether the server is there, or takes requests.</summary>
/// <param name="path">The path.</param>
/// <param name="isGood">Whether it is.</param>
internal sealed class StateEndpoint(string path, Func<bool> isGood) : ServerEndpoint("GET", path)
{
    public override bool NeedsToken => false;

    public override bool IsWork => false;

    public override Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        bool good = isGood();
        return HttpReply.SendAsync(context, good ? 200 : 503, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", good ? "ok" : "stopping");
            writer.WriteEndObject();
        });
    }
}
