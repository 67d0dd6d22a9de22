namespace Rlm.Providers.Workers;

/// <summary>A call of a run that waits for what comes of it.</summary>
internal sealed class PendingCall(QueuedCall call)
{
    private TaskCompletionSource<QueuedReply?> _next = MakeSource();

    public QueuedCall Call => call;

    public string Id => call.Id;

    /// <summary>Whether the queue has it, or had it.</summary>
    public bool IsPosted { get; set; }

    /// <summary>Whether the queue has it no more, though it is not finished.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it was told of a lapse, and reserves another call.</summary>
    public bool IsDeciding { get; private set; }

    /// <summary>The reply that has come while another call was being reserved; null for none.</summary>
    public QueuedReply? LateReply { get; private set; }

    /// <summary>The reply that is here; null for none.</summary>
    public QueuedReply? Reply => _next.Task is { IsCompletedSuccessfully: true, Result: { } reply } ? reply : LateReply;

    /// <summary>Waits for the reply; null for a worker that is silent.</summary>
    public Task<QueuedReply?> WaitAsync(CancellationToken cancellationToken) => _next.Task.WaitAsync(cancellationToken);

    public void Complete(QueuedReply reply)
    {
        if (IsDeciding)
            LateReply = reply;
        else
            _next.TrySetResult(reply);
    }

    public void Fail(Exception exception) => _next.TrySetException(exception);

    public void TellLapse()
    {
        IsDeciding = true;
        _next.TrySetResult(null);
    }

    /// <summary>Waits once more.</summary>
    public void Renew()
    {
        _next = MakeSource();
        IsDeciding = false;
        if (LateReply is not null)
            _next.SetResult(LateReply);
    }

    private static TaskCompletionSource<QueuedReply?> MakeSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
