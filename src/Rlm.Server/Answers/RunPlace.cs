namespace Rlm.Server.Answers;

/// <summary>A run's place, or its turn in the queue.</summary>
internal sealed class RunPlace(RunQueue queue, string caller) : IDisposable
{
    private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLeft;

    public string Caller => caller;

    public bool IsGiven => _given.Task.IsCompleted;

    /// <summary>Waits for the place.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _given.Task.WaitAsync(cancellationToken);

    /// <summary>Tells that it is there.</summary>
    public void Give() => _given.SetResult();

    public void Dispose()
    {
        if (_isLeft)
            return;
        _isLeft = true;
        queue.Leave(this);
    }
}
