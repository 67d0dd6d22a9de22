using System.Text.Json;

namespace Rlm.Cli.JsonRpc;

/// <summary>A message that is answered with an error.</summary>
/// <param name="code">The error's number: one of those below, or of the protocol that is spoken.</param>
/// <param name="message">What is wrong, in one line.</param>
internal sealed class RpcException(int code, string message) : Exception(message)
{
    // JSON-RPC 2.0, section 5.1, and the Language Server Protocol 3.17, `ErrorCodes`.
    public const int ParseError = -32700, InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602, InternalError = -32603,
        ServerNotInitialized = -32002, RequestCancelled = -32800;

    public int Code => code;

    /// <summary>What a program reads of it; null for nothing.</summary>
    public JsonElement? Details { get; init; }
}
