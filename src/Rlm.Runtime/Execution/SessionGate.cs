using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Execution;

/// <summary>Lets one program at a time compile, run or be planned over the variables of a session, and one question of a conversation.</summary>
/// <param name="busy">What a second one is told.</param>
internal sealed class SessionGate(string busy)
{
    private Pass? _holder;

    /// <summary>Takes the gate until the pass is disposed. Blocks only for a run that was stopped and has been left to itself.</summary>
    /// <exception cref="InvalidOperationException">Another program has the gate.</exception>
    public IDisposable Enter()
    {
        var pass = new Pass(this, null);
        while (TakeOrFindLeft(pass) is { } left)
            left.Over.Wait();
        return pass;
    }

    /// <summary>Takes the gate until the pass is disposed. What a run that was stopped has left to itself is waited for.</summary>
    /// <param name="run">The run that enters; null for one that cannot be left to itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Another program has the gate.</exception>
    public async ValueTask<IDisposable> EnterAsync(RunContext? run, CancellationToken cancellationToken)
    {
        var pass = new Pass(this, run);
        while (TakeOrFindLeft(pass) is { } left)
            await left.Over.WaitAsync(cancellationToken).ConfigureAwait(false);
        return pass;
    }

    /// <summary>The run that holds the gate and has been left to itself; null where the pass took the gate.</summary>
    private Pass? TakeOrFindLeft(Pass pass) => Interlocked.CompareExchange(ref _holder, pass, null) switch
    {
        null => null,
        { IsLeft: true } left => left,
        _ => throw new InvalidOperationException(busy),
    };

    private sealed class Pass(SessionGate gate, RunContext? run) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether nobody hears of the run any more.</summary>
        public bool IsLeft => run is { IsEnded: true };

        public Task Over => _over.Task;

        public void Dispose()
        {
            Volatile.Write(ref gate._holder, null);
            _over.TrySetResult();
        }
    }
}
