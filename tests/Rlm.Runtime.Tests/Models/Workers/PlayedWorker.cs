using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Models.Workers;

/// <summary>A worker that does what a test says, call by call. A call is paid for when it is taken.</summary>
internal sealed class PlayedWorker(ICallQueue queue, string name, int slots)
{
    public const string Path = "chat/completions";

    private readonly Queue<QueuedCall> _taken = new();

    /// <summary>How many calls it has under way.</summary>
    public int UnderWay => _taken.Count;

    public Task<bool> RenewAsync() => queue.RenewAsync(new(name, "1", slots, [Path]) { Calls = [.. _taken] });

    public async Task<int> TakeAsync(int most)
    {
        if (most < 1)
            return 0;
        var calls = await queue.TakeAsync(name, [Path], most);
        foreach (var call in calls)
            _taken.Enqueue(call);
        return calls.Count;
    }

    /// <summary>Finishes what it took first; nothing where it has nothing.</summary>
    public async Task FinishAsync()
    {
        if (_taken.TryDequeue(out var call))
            await queue.FinishAsync(name, [Answer(call)]);
    }

    /// <summary>Loses what it has under way.</summary>
    public int Die()
    {
        int lost = _taken.Count;
        _taken.Clear();
        return lost;
    }

    public static QueuedReply Answer(QueuedCall call)
    {
        using var request = JsonDocument.Parse(call.Body);
        string prompt = request.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        string item = Regex.Match(prompt, @"item \d+").Value;
        string body =
            $$$"""{"choices":[{"message":{"role":"assistant","content":"reply to {{{item}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2}}""";
        return new(call.Run, call.Id) { StatusCode = 200, Body = Encoding.UTF8.GetBytes(body), Headers = [("Content-Type", "application/json")] };
    }
}
