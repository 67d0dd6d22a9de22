using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rlm.Server.Access;
using Rlm.Server.Answers;
using Rlm.Server.Protocol;

namespace Rlm.Server.Endpoints;

/// <summary>The models that clients may name.</summary>
internal sealed class ModelsEndpoint(ServedModels models) : ServerEndpoint("GET", "/v1/models")
{
    public override Task HandleAsync(HttpContext context, ApiCaller? caller) => HttpReply.SendAsync(context, 200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (string name in models.Names)
            WriteModel(writer, name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Writes one of them.</summary>
    public static void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("id", name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "rlm");
        writer.WriteEndObject();
    }
}
