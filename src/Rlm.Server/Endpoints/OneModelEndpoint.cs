using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;
using Rlm.Server.Answers;
using Rlm.Server.Protocol;

namespace Rlm.Server.Endpoints;

/// <summary>One of the models, by its name.</summary>
internal sealed class OneModelEndpoint(ServedModels models) : ServerEndpoint("GET", "/v1/models/*")
{
    public override Task HandleAsync(HttpContext context, ApiCaller? caller)
    {
        string name = context.Request.Path.Value![(Path.Length - 1)..];
        _ = models.Find(name);
        return HttpReply.SendAsync(context, 200, writer => ModelsEndpoint.WriteModel(writer, name));
    }
}
