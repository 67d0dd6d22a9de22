using System.Text.Json;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp;

/// <summary>A request with what the host says of itself, in the request or in its handshake.</summary>
/// <param name="Message">The request.</param>
/// <param name="Version">The revision that it is written in.</param>
/// <param name="Capabilities">What the host can do.</param>
internal sealed record McpRequest(RpcMessage Message, string Version, JsonElement Capabilities)
{
    private const string Prefix = "io.modelcontextprotocol/";
    private const int UnsupportedVersion = -32022;

    public string Method => Message.Method!;

    public JsonElement Params => Message.Params;

    public bool IsStateless => Version == McpVersions.Stateless;

    /// <summary>Whether the host asks its user for the server.</summary>
    public bool AsksUser => McpVersions.HasForms(Version) && RpcMessage.FindProperty(Capabilities, "elicitation") is { ValueKind: JsonValueKind.Object } modes
        && (!modes.EnumerateObject().Any() || modes.TryGetProperty("form", out _));

    /// <summary>Whether results may link to resources.</summary>
    public bool KnowsLinks => McpVersions.HasForms(Version);

    /// <summary>What progress is told by; undefined where nobody wants to know.</summary>
    public JsonElement ProgressToken =>
        RpcMessage.FindProperty(Params, "_meta", "progressToken") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } token ? token : default;

    /// <param name="message">The request.</param>
    /// <param name="handshake">What the host said at its start; null for nothing.</param>
    /// <exception cref="RpcException">It is written in no revision that is spoken.</exception>
    public static McpRequest Read(RpcMessage message, McpHandshake? handshake)
    {
        var version = RpcMessage.FindProperty(message.Params, "_meta", Prefix + "protocolVersion");
        if (version.ValueKind == JsonValueKind.Undefined)
        {
            return handshake is not null ? new(message, handshake.Version, handshake.Capabilities)
                : message.Method is "ping" or "server/discover" ? new(message, McpVersions.Stateless, default)
                : throw new RpcException(RpcException.InvalidRequest,
                    $"send `initialize` first, or `{Prefix}protocolVersion` in the `_meta` of each request: {string.Join(", ", McpVersions.All)} are spoken");
        }

        string asked = version.ValueKind == JsonValueKind.String ? version.GetString()! : version.GetRawText();
        if (asked != McpVersions.Stateless)
            throw MakeVersionError(PlainText.Cut(asked, 80));

        var capabilities = RpcMessage.FindProperty(message.Params, "_meta", Prefix + "clientCapabilities");
        return capabilities.ValueKind == JsonValueKind.Object
            ? new(message, asked, capabilities)
            : throw new RpcException(RpcException.InvalidParams, $"the `_meta` of the request has no `{Prefix}clientCapabilities`");
    }

    private static RpcException MakeVersionError(string asked) => new(
        UnsupportedVersion,
        McpVersions.All.Contains(asked) ? $"`{asked}` begins with `initialize`" : $"`{asked}` is not spoken here: {string.Join(", ", McpVersions.All)} are")
    {
        Details = RpcWriter.ToElement(new McpVersionError(McpVersions.All, asked), McpJsonContext.Default.McpVersionError),
    };
}
