using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Execution;

/// <summary>Lets one program at a time compile, run or be planned over the variables of a session.</summary>
internal sealed class SessionGate
{
    private Pass? _holder;

    /// <summary>Takes the gate until the pass is disposed. What a run that was stopped has left to itself is waited for.</summary>
    /// <param name="run">The run that enters; null for one that cannot be left to itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Another program has the gate.</exception>
    public async ValueTask<IDisposable> EnterAsync(RunContext? run, CancellationToken cancellationToken)
    {
        var pass = new Pass(this, run);
        while (Interlocked.CompareExchange(ref _holder, pass, null) is { } holder)
        {
            if (!holder.IsLeft)
            {
                throw new InvalidOperationException(
                    "The session is in the middle of another program: a session is one conversation. Wait for its end, or make a session for each.");
            }

            await holder.Over.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return pass;
    }

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
