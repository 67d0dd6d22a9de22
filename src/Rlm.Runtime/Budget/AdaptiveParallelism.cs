using System.Diagnostics;

namespace Rlm.Runtime.Budget;

/// <summary>
/// Finds how many calls to make at a time. It doubles with each round of calls until the provider refuses one or replies come
/// slower than at first in the stage, then adds one a round; a refusal takes a third away, slower replies take one. A round is as
/// many replies as calls are allowed at a time.
/// </summary>
internal sealed class AdaptiveParallelism
{
    public const int Most = 256;
    private const int First = 8;

    /// <summary>Replies that take this much longer than in the fastest round have waited in somebody's queue.</summary>
    private const double SlowerFactor = 1.5;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _running;
    private bool _isSearching = true;
    private int _replies;
    private int _roundStart;
    private bool _isRefused;
    private TimeSpan _roundTime;
    private TimeSpan _fastest = TimeSpan.MaxValue;

    /// <summary>Calls at a time now.</summary>
    public int Limit { get; private set; } = First;

    /// <summary>Forgets how fast replies were: those of another stage are of another length.</summary>
    public void BeginStage()
    {
        lock (_lock)
            (_roundStart, _roundTime, _isRefused, _fastest) = (_replies, TimeSpan.Zero, false, TimeSpan.MaxValue);
    }

    /// <summary>Waits for a place, in order of arrival.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_running < Limit && _waiting.Count == 0)
            {
                _running++;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        using var cancelled = cancellationToken.UnsafeRegister(_ => place.TrySetCanceled(cancellationToken), null);
        await place.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a place back and learns from the call.</summary>
    /// <param name="time">How long the reply took; null where there was none.</param>
    /// <param name="isRefused">Whether the provider said that it was too much.</param>
    public void Leave(TimeSpan? time, bool isRefused)
    {
        lock (_lock)
        {
            _running--;
            if (time is { } taken || isRefused)
                Learn(time ?? TimeSpan.Zero, isRefused);
            while (_running < Limit && _waiting.TryDequeue(out var next))
                _running += next.TrySetResult() ? 1 : 0;
        }
    }

    private void Learn(TimeSpan time, bool isRefused)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        _isRefused |= isRefused;
        _roundTime += time;
        if (++_replies - _roundStart < Limit)
            return;

        var mean = _roundTime / (_replies - _roundStart);
        bool isSlower = mean / SlowerFactor > _fastest;
        _fastest = mean < _fastest && mean > TimeSpan.Zero ? mean : _fastest;
        _isSearching &= !_isRefused && !isSlower;
        Limit = _isRefused ? Math.Max(1, Limit * 2 / 3)
            : isSlower ? Math.Max(Math.Min(First, Limit), Limit - 1)
            : Math.Min(Most, _isSearching ? Limit * 2 : Limit + 1);
        (_roundStart, _roundTime, _isRefused) = (_replies, TimeSpan.Zero, false);
    }
}
