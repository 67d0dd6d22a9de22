using Rlm.Runtime.Evaluation.Functions;

namespace Rlm.Runtime.Journal;

/// <summary>The calls of tools that write which a journal has. A call that is made twice is there twice, and each is taken once.</summary>
/// <param name="isReplay">Whether the last run is to be run again as it was, so that nothing at all is called.</param>
internal sealed class JournalToolCalls(bool isReplay)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<ToolOutcome>> _outcomes = new(StringComparer.Ordinal);

    /// <summary>How many calls were begun of which nothing says that they ended well.</summary>
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>A run begins; what it took of earlier ones is among its own entries.</summary>
    public void BeginRun()
    {
        if (isReplay)
            _outcomes.Clear();
    }

    public void Add(ToolEntry begun) => _open[begun.Key] = _open.GetValueOrDefault(begun.Key) + 1;

    public void Add(ToolEndEntry end)
    {
        var outcome = end.Outcome;
        bool isResult = outcome is { Failure: null, IsHeld: false };
        if (isResult)
            _open[outcome.Key] = Math.Max(0, _open.GetValueOrDefault(outcome.Key) - 1);
        if (!isResult && !isReplay)
            return;
        if (!_outcomes.TryGetValue(outcome.Key, out var earlier))
            _outcomes.Add(outcome.Key, earlier = new Queue<ToolOutcome>());
        earlier.Enqueue(outcome);
    }

    public HeldToolCall? Take(string key)
    {
        lock (_lock)
        {
            if (_outcomes.TryGetValue(key, out var held) && held.TryDequeue(out var outcome))
                return new HeldToolCall(outcome);
            if (isReplay)
                return new HeldToolCall(new ToolOutcome(key, "") { Failure = "the journal does not say what came of this call" });
            return _open.GetValueOrDefault(key) > 0 ? new HeldToolCall(null, MayHaveBeenMade: true) : null;
        }
    }
}
