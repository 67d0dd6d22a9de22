using System.Text.Json;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Mcp;

/// <summary>What a host of an older revision said at its start, which holds for all that it sends.</summary>
/// <param name="Version">The revision that is spoken.</param>
/// <param name="Capabilities">What it can do.</param>
internal sealed record McpHandshake(string Version, JsonElement Capabilities)
{
    public static McpHandshake Read(JsonElement parameters)
    {
        var asked = RpcMessage.FindProperty(parameters, "protocolVersion");
        return asked.ValueKind == JsonValueKind.String
            ? new(McpVersions.Choose(asked.GetString()), RpcMessage.FindProperty(parameters, "capabilities"))
            : throw new RpcException(RpcException.InvalidParams, "`initialize` says no `protocolVersion`");
    }
}
