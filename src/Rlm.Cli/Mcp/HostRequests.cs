using System.Collections.Concurrent;
using System.Text.Json;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Mcp;

/// <summary>What a host of an older revision is asked while it waits for a result.</summary>
internal sealed class HostRequests(RpcWriter output)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _waiting = new(StringComparer.Ordinal);
    private int _lastId;

    /// <summary>The answer; undefined where it is an error.</summary>
    public async Task<JsonElement> AskAsync(string method, JsonElement parameters, CancellationToken cancellationToken)
    {
        string id = $"rlm-{Interlocked.Increment(ref _lastId)}";
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            output.WriteRequest(id, method, parameters);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Takes an answer; one that nobody waits for is passed over.</summary>
    public void Take(RpcMessage reply)
    {
        if (reply.Id.ValueKind == JsonValueKind.String && _waiting.TryGetValue(reply.Id.GetString()!, out var answer))
            answer.TrySetResult(reply.Result);
    }
}
