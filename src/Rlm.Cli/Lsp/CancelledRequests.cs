using System.Text.Json;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Lsp;

/// <summary>The requests that wait for their turn, and those of them that the editor gave up.</summary>
internal sealed class CancelledRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    /// <summary>Takes in a message that was read: a request waits, and what cancels one marks it.</summary>
    public void Note(RpcMessage message, string cancel)
    {
        lock (_lock)
        {
            if (message.IsRequest)
                _waiting[message.Id.GetRawText()] = false;
            else if (message.Method == cancel && RpcMessage.FindProperty(message.Params, "id") is { ValueKind: not JsonValueKind.Undefined } id && _waiting.ContainsKey(id.GetRawText()))
                _waiting[id.GetRawText()] = true;
        }
    }

    /// <summary>Whether the request whose turn it is was given up.</summary>
    public bool Take(RpcMessage message)
    {
        lock (_lock)
            return message.IsRequest && _waiting.Remove(message.Id.GetRawText(), out bool isCancelled) && isCancelled;
    }
}
