using Rlm.Server.Protocol;

namespace Rlm.Server.Answers;

/// <summary>The places of runs. Who waits gets one by turns: a caller after another, each in the order of its requests.</summary>
/// <param name="places">Most runs at a time.</param>
/// <param name="mostWaiting">Most runs that wait.</param>
internal sealed class RunQueue(int places, int mostWaiting)
{
    private readonly Lock _lock = new();

    /// <summary>The callers that have runs waiting, the next one first.</summary>
    private readonly LinkedList<(string Caller, LinkedList<RunPlace> Runs)> _turns = new();

    private int _running, _waiting;

    /// <summary>How many runs have a place, and how many wait for one.</summary>
    public (int Running, int Waiting) Count()
    {
        lock (_lock)
            return (_running, _waiting);
    }

    /// <summary>Takes a place, or one in the queue; disposing it gives it back in either case.</summary>
    /// <exception cref="ApiException">The queue is full.</exception>
    public RunPlace Enter(string caller)
    {
        lock (_lock)
        {
            if (_running >= places && _waiting >= mostWaiting)
            {
                throw ApiException.Busy(
                    Invariant($"The queue is full: {_running} running, {_waiting} waiting."), "queue_full", TimeSpan.FromSeconds(10));
            }

            var place = new RunPlace(this, caller);
            if (_running < places)
            {
                _running++;
                place.Give();
                return place;
            }

            _waiting++;
            var node = FindTurn(caller) ?? _turns.AddLast((caller, new LinkedList<RunPlace>()));
            node.Value.Runs.AddLast(place);
            return place;
        }
    }

    /// <summary>Takes a place back, and gives it to whose turn it is.</summary>
    public void Leave(RunPlace place)
    {
        lock (_lock)
        {
            if (place.IsGiven)
            {
                _running--;
                GiveNext();
            }
            else if (FindTurn(place.Caller) is { } turn && turn.Value.Runs.Remove(place))
            {
                _waiting--;
                if (turn.Value.Runs.Count == 0)
                    _turns.Remove(turn);
            }
        }
    }

    private void GiveNext()
    {
        if (_turns.First is not { } turn)
            return;

        _turns.RemoveFirst();
        var runs = turn.Value.Runs;
        var next = runs.First!.Value;
        runs.RemoveFirst();
        if (runs.Count > 0)
            _turns.AddLast(turn);
        _waiting--;
        _running++;
        next.Give();
    }

    private LinkedListNode<(string Caller, LinkedList<RunPlace> Runs)>? FindTurn(string caller)
    {
        var node = _turns.First;
        while (node is not null && node.Value.Caller != caller)
            node = node.Next;
        return node;
    }
}
